package io.vestibule.door;

import java.util.Locale;

/** What the end of a connection counts as. */
enum EndingCause {
  CLOSED(RefusalCause.ABANDONED),
  KEEP_ALIVE(RefusalCause.ABANDONED),
  TAKEN_OVER(RefusalCause.ERROR),
  PROTOCOL(RefusalCause.PROTOCOL),
  DELETED(RefusalCause.ERROR),
  EXPIRED(RefusalCause.CERTIFICATE),
  UNREAD(RefusalCause.PROTOCOL),
  DRAINED(RefusalCause.DRAINING),
  ERROR(RefusalCause.ERROR);

  private final String code = name().toLowerCase(Locale.ROOT);
  private final RefusalCause early;

  EndingCause(RefusalCause early) {
    this.early = early;
  }

  /** A value of {@link io.vestibule.metrics.Tag#DISCONNECT_CAUSE}. */
  String code() {
    return code;
  }

  /** What it counts as where no door had come in yet. */
  RefusalCause early() {
    return early;
  }
}
