package io.vestibule.load.stage;

/** A run that cannot be made or finished; the message says why and what to do, in one line. */
public final class CannotRun extends Exception {
  private static final long serialVersionUID = 1L;

  public CannotRun(String message) {
    super(oneLine(message));
  }

  public CannotRun(String message, Throwable cause) {
    super(oneLine(message + ": " + cause.getMessage()), cause);
  }

  /** What others say may be of several. */
  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
