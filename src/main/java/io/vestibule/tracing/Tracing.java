package io.vestibule.tracing;

import io.vertx.core.Future;
import io.vestibule.concurrent.AnyThread;
import java.util.Optional;

/** Decides which requests a trace follows. */
@AnyThread
public interface Tracing {
  /**
   * The trace of a request that has just come in, most often {@link Trace#none}.
   *
   * @param edge where it came in
   * @param traceparent the caller's own trace, as W3C Trace Context writes it; what is no such text
   *     counts as none
   */
  Trace begin(String edge, Optional<String> traceparent);

  /** Sends what still waits, for 3 s at the most; never fails. */
  Future<Void> close();

  /** Follows nothing. */
  static Tracing off() {
    return Untraced.INSTANCE;
  }
}
