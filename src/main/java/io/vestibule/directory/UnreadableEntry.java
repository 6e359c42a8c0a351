package io.vestibule.directory;

import org.jspecify.annotations.Nullable;

/** What stands under a key of the directory is no entry; the message says why. */
final class UnreadableEntry extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without a stack trace: what strangers wrote is no bug of this process. */
  UnreadableEntry(@Nullable String message) {
    super(message, null, false, false);
  }
}
