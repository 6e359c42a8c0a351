package io.vestibule.app;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.health.Cause;
import io.vestibule.health.Standing;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Knows of each event loop when it last came round. */
@AnyThread
final class LoopBeats {
  private static final Duration EVERY = Duration.ofMillis(250);
  private static final Duration LATE = Duration.ofSeconds(2);

  private final Time time;
  // One a loop; each is written by its loop alone.
  private final List<AtomicLong> beatNanos = new ArrayList<>();
  private final List<Future<?>> ticks = new ArrayList<>();

  private LoopBeats(Time time) {
    this.time = time;
  }

  /** Of all loops of the instance. */
  static LoopBeats start(Vertx vertx, Time time) {
    LoopBeats beats = new LoopBeats(time);
    for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
      AtomicLong beat = new AtomicLong(time.nanoTime());
      beats.beatNanos.add(beat);
      beats.ticks.add(
          loop.scheduleWithFixedDelay(
              () -> beat.set(time.nanoTime()), 0, EVERY.toMillis(), TimeUnit.MILLISECONDS));
    }
    return beats;
  }

  void close() {
    ticks.forEach(tick -> tick.cancel(false));
  }

  Standing standing() {
    long now = time.nanoTime();
    // Subtract before comparing: nanoTime may wrap.
    long late = beatNanos.stream().filter(beat -> now - beat.get() > LATE.toNanos()).count();
    return late == 0
        ? Standing.up()
        : Standing.degraded(Cause.LOOP_BLOCKED).with(late + " of " + beatNanos.size() + " loops");
  }
}
