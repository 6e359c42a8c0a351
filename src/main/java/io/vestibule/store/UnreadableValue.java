package io.vestibule.store;

/** A value under a key of ours is not what we write there; without a stack trace. */
public final class UnreadableValue extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreadableValue(String message) {
    super(message, null, false, false);
  }
}
