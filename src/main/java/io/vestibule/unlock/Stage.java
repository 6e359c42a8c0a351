package io.vestibule.unlock;

import java.util.Locale;

/** A part of the way of one unlock, in their order. */
enum Stage {
  /** Its form, its courier, its signature. */
  VERIFY,
  /** The policy, and whether the door is online. */
  DECIDE,
  /** The visit, on record. */
  CLAIM,
  /** From signing the command until its bytes are written, on the door's own loop. */
  COMMAND,
  /** Until the door answers. */
  ACK,
  /** What became of it, on record. */
  OUTCOME;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** As it stands in metrics and traces. */
  String code() {
    return code;
  }
}
