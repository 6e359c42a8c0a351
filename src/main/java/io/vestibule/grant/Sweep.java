package io.vestibule.grant;

import io.vertx.core.Future;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.concurrent.Timers;
import io.vestibule.store.Keys;
import io.vestibule.store.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes as unknown, shard by shard, the attempts whose gateway did not live to close them: each
 * shard about every ten seconds. Any number of gateways may sweep; the first outcome stands.
 */
@LoopConfined
public final class Sweep {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final int SHARDS_PER_TICK = 10;

  private final Timers timers;
  private final IntFunction<Future<Integer>> closeOverdue;
  private int next;

  /**
   * @param closeOverdue as {@link RedisClaims#closeOverdue}
   */
  public Sweep(Timers timers, IntFunction<Future<Integer>> closeOverdue) {
    this.timers = timers;
    this.closeOverdue = closeOverdue;
  }

  /** Sweeps until the event loops end; to be called on one of them. */
  public void start() {
    timers.after(TICK).onSuccess(waited -> tick().onComplete(swept -> start()));
  }

  /** An outage leaves them for the next round, and so does a bug, which is told. */
  private Future<Void> tick() {
    List<Future<Integer>> shards = new ArrayList<>(SHARDS_PER_TICK);
    for (int count = 0; count < SHARDS_PER_TICK; count++) {
      shards.add(closeOverdue.apply(next));
      next = (next + 1) % Keys.SHARD_COUNT;
    }
    return Future.join(shards).<Void>mapEmpty().otherwise(Sweep::left);
  }

  private static @Nullable Void left(Throwable failure) {
    if (!(failure instanceof StoreUnavailable)) {
      LOG.error("the sweep met a bug", failure);
    }
    return null;
  }
}
