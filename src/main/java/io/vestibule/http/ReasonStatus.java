package io.vestibule.http;

import io.vestibule.access.Reason;

/** The HTTP status of each reason of a refused unlock. */
final class ReasonStatus {
  private ReasonStatus() {}

  static int of(Reason reason) {
    return switch (reason) {
      case MALFORMED, UNSUPPORTED_ALGORITHM -> 400;
      case UNKNOWN_KEY, BAD_SIGNATURE, NOT_YET_VALID, EXPIRED -> 401;
      case UNKNOWN_DOOR -> 404;
      case WRONG_DOOR,
          COURIER_SUSPENDED,
          SCREENING_LAPSED,
          NO_CONSENT,
          BUILDING_SUSPENDED,
          DOOR_SUSPENDED,
          CARRIER_NOT_ADMITTED,
          OUTSIDE_HOURS,
          TOO_FAR,
          UNKNOWN_GRANT,
          GRANT_MISMATCH,
          GRANT_REVOKED,
          GRANT_CLOSED,
          GRANT_NOT_STARTED,
          GRANT_EXPIRED,
          PARCEL_MISMATCH,
          GRANT_USED_UP ->
          403;
      case REPLAYED -> 409;
      case LOCKDOWN -> 423;
      case RATE_LIMITED -> 429;
      case DOOR_REFUSED -> 502;
      case DOOR_OFFLINE, OVERLOADED, STORE_UNAVAILABLE -> 503;
      case DOOR_TIMED_OUT -> 504;
    };
  }

  /** What a person may read; fixed, so that it tells nothing of anybody's data. */
  static String detail(Reason reason) {
    return switch (reason) {
      case MALFORMED -> "The request is not a signed unlock request of the form in WIRE.md.";
      case UNSUPPORTED_ALGORITHM -> "The signature's algorithm is neither EdDSA nor ES256.";
      case UNKNOWN_KEY -> "No courier of that id has a key of that kid.";
      case BAD_SIGNATURE -> "The signature does not verify.";
      case NOT_YET_VALID -> "The request was issued in the future.";
      case EXPIRED -> "The request has expired.";
      case WRONG_DOOR -> "The request was signed for another door.";
      case UNKNOWN_DOOR -> "There is no such door.";
      case COURIER_SUSPENDED -> "The courier is suspended.";
      case SCREENING_LAPSED -> "The courier's screening does not hold.";
      case NO_CONSENT -> "No consent is recorded for the building.";
      case LOCKDOWN -> "The building is locked down.";
      case BUILDING_SUSPENDED -> "The building is suspended.";
      case DOOR_SUSPENDED -> "The door is suspended.";
      case CARRIER_NOT_ADMITTED -> "The building does not admit the carrier at this door.";
      case OUTSIDE_HOURS -> "The building admits the carrier at other hours.";
      case TOO_FAR -> "The courier is too far away, or did not say where they are.";
      case DOOR_OFFLINE -> "The door is not connected.";
      case REPLAYED -> "The courier used this jti before, in another request.";
      case RATE_LIMITED -> "The door was opened too often.";
      case UNKNOWN_GRANT -> "There is no such grant.";
      case GRANT_MISMATCH -> "The grant is another courier's or another door's.";
      case GRANT_REVOKED -> "The grant is revoked.";
      case GRANT_CLOSED -> "The delivery is over.";
      case GRANT_NOT_STARTED -> "The grant does not hold yet.";
      case GRANT_EXPIRED -> "The grant holds no more.";
      case PARCEL_MISMATCH -> "The parcel is not one of the grant's.";
      case GRANT_USED_UP -> "The grant's visits are used up.";
      case DOOR_REFUSED -> "The door did not open.";
      case DOOR_TIMED_OUT -> "The door did not answer in time; it may have opened.";
      case OVERLOADED -> "Too many unlocks are under way.";
      case STORE_UNAVAILABLE -> "The gateway cannot reach its store.";
    };
  }
}
