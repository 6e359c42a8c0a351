package io.vestibule.metrics;

import io.vestibule.access.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a request ended, as it matters to whoever runs the gateway; the reason says more. */
public enum UnlockResult {
  /** The door said that it opened. */
  OPENED,
  /** A good request, and a policy, a grant or the door said no. */
  REFUSED,
  /** The door was commanded and did not say what it did. */
  UNKNOWN,
  /** The request itself is no good: its bytes, its signature, its time, its door. */
  REJECTED,
  /** The gateway could not serve it. */
  FAILED;

  private final String code = name().toLowerCase(Locale.ROOT);

  public String code() {
    return code;
  }

  /** Of whatever did not open. */
  public static UnlockResult of(Reason reason) {
    return switch (reason) {
      case MALFORMED,
          UNSUPPORTED_ALGORITHM,
          UNKNOWN_KEY,
          BAD_SIGNATURE,
          NOT_YET_VALID,
          EXPIRED,
          WRONG_DOOR,
          UNKNOWN_DOOR ->
          REJECTED;
      case COURIER_SUSPENDED,
          SCREENING_LAPSED,
          NO_CONSENT,
          LOCKDOWN,
          BUILDING_SUSPENDED,
          DOOR_SUSPENDED,
          CARRIER_NOT_ADMITTED,
          OUTSIDE_HOURS,
          TOO_FAR,
          DOOR_OFFLINE,
          REPLAYED,
          RATE_LIMITED,
          UNKNOWN_GRANT,
          GRANT_MISMATCH,
          GRANT_REVOKED,
          GRANT_CLOSED,
          GRANT_NOT_STARTED,
          GRANT_EXPIRED,
          PARCEL_MISMATCH,
          GRANT_USED_UP,
          DOOR_REFUSED ->
          REFUSED;
      case DOOR_TIMED_OUT -> UNKNOWN;
      case OVERLOADED, STORE_UNAVAILABLE -> FAILED;
    };
  }

  static List<String> codes() {
    return Arrays.stream(values()).map(UnlockResult::code).toList();
  }
}
