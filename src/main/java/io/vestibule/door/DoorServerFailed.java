package io.vestibule.door;

/** The door edge cannot start; the text names the port or the file, and says why. */
public final class DoorServerFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DoorServerFailed(String what, Throwable cause) {
    super(what + ": " + cause.getMessage(), cause, false, false);
  }
}
