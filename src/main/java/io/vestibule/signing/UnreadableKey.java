package io.vestibule.signing;

/** A key file holds no key that can be used; the message goes on after the file's name. */
public final class UnreadableKey extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableKey(String message) {
    super(message, null, false, false);
  }
}
