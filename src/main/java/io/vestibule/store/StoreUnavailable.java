package io.vestibule.store;

import io.vertx.redis.client.impl.types.ErrorType;

/** Redis did not answer, or not as asked; the one failure of everything that stands on it. */
public final class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without a stack trace: it is thrown by the thousand in an outage, and its text says enough. */
  public StoreUnavailable(String operation, Throwable cause) {
    super(operation + ": " + cause.getMessage(), cause, false, false);
  }

  /** Whether Redis has a value of another type under the key: it answers, but not with ours. */
  public boolean foreignType() {
    return getCause() instanceof ErrorType error && error.is("WRONGTYPE");
  }
}
