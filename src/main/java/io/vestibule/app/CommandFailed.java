package io.vestibule.app;

/** A command ends unsuccessfully; the message is one line that names what failed and the mend. */
final class CommandFailed extends Exception {
  private static final long serialVersionUID = 1L;

  CommandFailed(String message) {
    super(message, null, false, false);
  }
}
