package io.vestibule.concurrent;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits that hold no thread. */
@FunctionalInterface
public interface Timers {
  /**
   * Completes after that long, on the caller's context; never fails.
   *
   * @param wait at least a millisecond; fractions are cut off
   */
  Future<Void> after(Duration wait);

  /** Those of the event loops. */
  static Timers of(Vertx vertx) {
    return wait -> vertx.timer(wait.toMillis(), TimeUnit.MILLISECONDS).mapEmpty();
  }
}
