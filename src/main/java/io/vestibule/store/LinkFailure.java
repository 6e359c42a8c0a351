package io.vestibule.store;

/** Why a link could not be made, ended, or did not take a command; without a stack trace. */
final class LinkFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureCause why;

  LinkFailure(FailureCause why, String message) {
    super(message, null, false, false);
    this.why = why;
  }

  FailureCause why() {
    return why;
  }
}
