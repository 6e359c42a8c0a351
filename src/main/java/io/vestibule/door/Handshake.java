package io.vestibule.door;

import java.util.Locale;

/** How a TLS handshake ended. */
enum Handshake {
  FULL,
  /** Of an earlier session, whose certificate it shows without verifying it again. */
  RESUMED,
  FAILED;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** A value of {@link io.vestibule.metrics.Tag#HANDSHAKE}. */
  String code() {
    return code;
  }
}
