package io.vestibule.door;

import java.util.Locale;

/** Why a payload is acknowledged and dropped. */
enum DropCause {
  /** Not JSON, or without the members, or with members of other types, than it should have. */
  MALFORMED,
  /** A number past its bounds. */
  OUT_OF_RANGE,
  /** A time that no working clock shows. */
  IMPLAUSIBLE_TIME,
  /** Door and building are deleted. */
  DOOR_GONE;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** A value of {@link io.vestibule.metrics.Tag#DROP_CAUSE}. */
  String code() {
    return code;
  }
}
