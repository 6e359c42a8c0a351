package io.vestibule.metrics;

import io.vertx.core.Vertx;
import io.vestibule.concurrent.Loop;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.time.Time;
import java.time.Duration;

/**
 * How much later than asked one event loop runs a timer. A loop that hangs is told of late, but
 * with all of its lag.
 */
@LoopConfined
public final class LoopLag {
  private static final Duration TICK = Duration.ofMillis(100);

  /** So that a process that stood still for an hour is not busy with that. */
  private static final int MISSED_COUNT_MAX = 600;

  private final Vertx vertx;
  private final Time time;
  private final Stopwatch lag;

  private LoopLag(Vertx vertx, Time time, Stopwatch lag) {
    this.vertx = vertx;
    this.time = time;
    this.lag = lag;
  }

  /** Measures every loop until they end. */
  public static void measure(Vertx vertx, Time time, Meters meters) {
    Stopwatch lag = meters.stopwatch(Timing.LOOP_LAG);
    Loop.all(vertx).forEach(loop -> loop.post(new LoopLag(vertx, time, lag)::tick));
  }

  private void tick() {
    long dueNanos = time.nanoTime() + TICK.toNanos();
    vertx.setTimer(TICK.toMillis(), fired -> ran(dueNanos));
  }

  private void ran(long dueNanos) {
    long lateNanos = Math.max(0, time.nanoTime() - dueNanos);
    lag.record(lateNanos);
    // The timers that the hang kept from being asked for would have been late too, each less.
    for (int missed = 1; missed <= MISSED_COUNT_MAX; missed++) {
      long nanos = lateNanos - missed * TICK.toNanos();
      if (nanos < 0) {
        break;
      }
      lag.record(nanos);
    }
    tick();
  }
}
