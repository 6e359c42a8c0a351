package io.vestibule.tracing;

import io.vestibule.access.UnlockId;
import io.vestibule.metrics.Exemplar;

/**
 * The trace that follows one request. It goes with the request from thread to thread and is never
 * used by two at once. Times are nanoseconds of the monotonic clock.
 */
public interface Trace {
  /** One stage that is over; {@code name} is one of few. */
  void stage(String name, long fromNanos, long toNanos);

  /** The request led to this attempt. */
  void attempt(UnlockId unlock, boolean replayed);

  /**
   * The request is answered; nothing follows.
   *
   * @param fault whether the gateway, and not who asked, is to blame
   */
  void end(String outcome, String reason, boolean fault, long atNanos);

  /** What to show beside the request's measurements. */
  Exemplar exemplar();

  /** Of what is not followed: does nothing. */
  static Trace none() {
    return Untraced.INSTANCE;
  }
}
