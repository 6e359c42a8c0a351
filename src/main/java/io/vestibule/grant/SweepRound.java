package io.vestibule.grant;

import io.vertx.core.Future;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.metrics.Gauge;
import io.vestibule.metrics.Meters;
import io.vestibule.metrics.Timing;
import io.vestibule.store.Keys;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One chore on its way through all shards, over and over, and what is measured of it. */
@LoopConfined
final class SweepRound {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private final Sweep.Chore chore;
  private final Meters meters;
  private final Time time;
  private volatile Instant lastDone;

  // Round.
  private long workNanos;
  private boolean failed;

  SweepRound(Sweep.Chore chore, Meters meters, Time time) {
    this.chore = chore;
    this.meters = meters;
    this.time = time;
    this.lastDone = time.now();
    meters.gauge(Gauge.SWEEP_LAST, () -> lastDone.toEpochMilli() / 1e3, chore.name());
  }

  /** The shards from one to before the other, all at once; never fails. */
  Future<Void> sweep(int from, int until) {
    // Composed, what a chore throws is its failure, and ends no timer.
    Future<Void> begun = Future.succeededFuture();
    List<Future<?>> shards = new ArrayList<>(until - from);
    long startNanos = time.nanoTime();
    for (int index = from; index < until; index++) {
      int shard = index;
      shards.add(begun.compose(now -> chore.work().sweep(shard)));
    }
    return Future.join(shards)
        .<Void>mapEmpty()
        .otherwise(this::left)
        .onSuccess(swept -> swept(until, time.nanoTime() - startNanos));
  }

  /** An outage leaves them for the next round, and so does a bug, which is told. */
  private @Nullable Void left(Throwable failure) {
    failed = true;
    if (!(failure instanceof StoreUnavailable)) {
      LOG.error("the sweep met a bug", failure);
    }
    return null;
  }

  private void swept(int until, long nanos) {
    workNanos += nanos;
    if (until == Keys.SHARD_COUNT) {
      end();
    }
  }

  private void end() {
    meters.took(
        Timing.SWEEP_DURATION,
        Duration.ofNanos(workNanos),
        chore.name(),
        failed ? "failed" : "done");
    if (!failed) {
      lastDone = time.now();
    }
    workNanos = 0;
    failed = false;
  }
}
