package io.vestibule.store;

import org.jspecify.annotations.Nullable;

/** Redis did not answer, or not as asked; the one failure of everything that stands on it. */
public final class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureCause why;

  /** Without a stack trace: it is thrown by the thousand in an outage, and its text says enough. */
  public StoreUnavailable(String operation, Throwable cause) {
    this(operation, FailureCause.of(cause), cause.getMessage(), cause);
  }

  /** As the other, of a failure that nothing else has caused. */
  public StoreUnavailable(String operation, FailureCause why, String detail) {
    this(operation, why, detail, null);
  }

  private StoreUnavailable(
      String operation, FailureCause why, @Nullable String detail, @Nullable Throwable cause) {
    super(operation + ": " + detail, cause, false, false);
    this.why = why;
  }

  public FailureCause why() {
    return why;
  }

  /** Whether a value under our key is to blame: Redis answers, and asking again changes nothing. */
  public boolean ofTheValue() {
    return why == FailureCause.WRONG_TYPE
        || why == FailureCause.UNREADABLE
        || why == FailureCause.SCRIPT_FAILED;
  }

  /** Whether Redis has a value of another type under the key: it answers, but not with ours. */
  public boolean foreignType() {
    return why == FailureCause.WRONG_TYPE;
  }
}
