package io.vestibule.load.stage;

/** A run that cannot be made or finished; the message says why and what to do, in one line. */
public final class CannotRun extends Exception {
  private static final long serialVersionUID = 1L;

  public CannotRun(String message) {
    super(message);
  }

  public CannotRun(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
