package io.vestibule.grant;

import io.vertx.core.Future;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.concurrent.Timers;
import io.vestibule.store.Keys;
import io.vestibule.store.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does its chores shard by shard, at a steady rate. Any number of gateways may sweep; a chore does
 * nothing that another has done.
 */
@LoopConfined
public final class Sweep {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
  private static final int TICK_MS_MIN = 100;

  private final Timers timers;
  private final List<Chore> chores;
  private final int shardsPerTick;
  private final Duration tick;
  private int next;

  /** What is to be done in each shard; fails only with {@link StoreUnavailable}. */
  @FunctionalInterface
  public interface Chore {
    Future<?> sweep(int shardIndex);
  }

  /** {@code round} is how long all shards take, if Redis keeps up. */
  public Sweep(Timers timers, Duration round, List<Chore> chores) {
    this.timers = timers;
    this.chores = List.copyOf(chores);
    long shardMs = Math.max(1, round.toMillis() / Keys.SHARD_COUNT);
    this.shardsPerTick = (int) Math.max(1, TICK_MS_MIN / shardMs);
    this.tick = Duration.ofMillis(shardMs * shardsPerTick);
  }

  /** Sweeps until the event loops end; to be called on one of them. */
  public void start() {
    timers.after(tick).onSuccess(waited -> tick().onComplete(swept -> start()));
  }

  /** An outage leaves them for the next round, and so does a bug, which is told. */
  private Future<Void> tick() {
    // Composed, what a chore throws is its failure, and ends no timer.
    Future<Void> begun = Future.succeededFuture();
    List<Future<?>> shards = new ArrayList<>(shardsPerTick * chores.size());
    for (int count = 0; count < shardsPerTick; count++) {
      int shard = next;
      chores.forEach(chore -> shards.add(begun.compose(now -> chore.sweep(shard))));
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
