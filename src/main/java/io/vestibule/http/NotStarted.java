package io.vestibule.http;

/** A part of the HTTP side could not start; the text names the address or the file, and why. */
public final class NotStarted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private NotStarted(String message, Throwable cause) {
    super(message, cause, false, false);
  }

  static NotStarted because(String what, Throwable cause) {
    return new NotStarted(what + ": " + text(cause), cause);
  }

  /** The innermost cause says it best: the outer ones wrap it in library words. */
  static String text(Throwable cause) {
    Throwable innermost = cause;
    for (int depth = 0; depth < 10 && innermost.getCause() != null; depth++) {
      innermost = innermost.getCause();
    }
    String message = innermost.getMessage();
    String kind = innermost.getClass().getSimpleName();
    return message == null ? kind : kind + ": " + message;
  }
}
