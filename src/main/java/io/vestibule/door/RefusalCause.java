package io.vestibule.door;

import java.util.Locale;

/** What a connection that no door came in over counts as. */
enum RefusalCause {
  CLIENT_ID,
  CERTIFICATE,
  CREDENTIALS,
  UNREGISTERED,
  REVOKED,
  OVERLOADED,
  DRAINING,
  TOO_OFTEN,
  STORE_UNAVAILABLE,
  HANDSHAKE,
  PROTOCOL,
  /** Closed by the other side, or silent for too long, before CONNECT was answered. */
  ABANDONED,
  ERROR;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** A value of {@link io.vestibule.metrics.Tag#CONNECT_CAUSE}. */
  String code() {
    return code;
  }
}
