package io.vestibule.access;

import java.util.Locale;
import java.util.Optional;

/**
 * Why an unlock was refused. Declared in order of precedence: of several that apply, the first is
 * the answer.
 */
public enum Reason {
  MALFORMED,
  UNSUPPORTED_ALGORITHM,
  UNKNOWN_KEY,
  BAD_SIGNATURE,
  NOT_YET_VALID,
  EXPIRED,
  WRONG_DOOR,
  UNKNOWN_DOOR,
  COURIER_SUSPENDED,
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
  DOOR_REFUSED,
  DOOR_TIMED_OUT,
  OVERLOADED,
  STORE_UNAVAILABLE;

  private final String code = name().toLowerCase(Locale.ROOT);
  private final Decision.Denied denial = new Decision.Denied(this);

  /** The stable code: the same in HTTP, MQTT, an attempt's record, metrics and docs. */
  public String code() {
    return code;
  }

  Decision.Denied denial() {
    return denial;
  }

  /** Empty when no reason has this code. */
  public static Optional<Reason> parse(String code) {
    for (Reason reason : values()) {
      if (reason.code.equals(code)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}
