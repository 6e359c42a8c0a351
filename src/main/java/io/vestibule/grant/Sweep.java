package io.vestibule.grant;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.concurrent.Timers;
import io.vestibule.metrics.Meters;
import io.vestibule.store.Keys;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.List;

/**
 * Does its chores shard by shard, at a steady rate. Any number of gateways may sweep; a chore does
 * nothing that another has done.
 */
@LoopConfined
public final class Sweep {
  private static final int TICK_MS_MIN = 100;

  private final Timers timers;
  private final List<SweepRound> rounds;
  private final int shardsPerTick;
  private final Duration tick;
  private int next;

  // What stop() and the loop tell each other.
  private volatile boolean stopped;
  private volatile Future<Void> underway = Future.succeededFuture();

  /** What it stands on. */
  public record Parts(Timers timers, Meters meters, Time time) {}

  /** What is to be done in each shard. */
  @FunctionalInterface
  public interface Work {
    /** Fails only with {@link StoreUnavailable}. */
    Future<?> sweep(int shardIndex);
  }

  /**
   * Work that is measured on its own.
   *
   * @param name one of the metrics' chores
   */
  public record Chore(String name, Work work) {}

  /** {@code round} is how long all shards take, if Redis keeps up. */
  public Sweep(Parts parts, Duration round, List<Chore> chores) {
    this.timers = parts.timers();
    this.rounds =
        chores.stream().map(chore -> new SweepRound(chore, parts.meters(), parts.time())).toList();
    long shardMs = Math.max(1, round.toMillis() / Keys.SHARD_COUNT);
    this.shardsPerTick = (int) Math.max(1, TICK_MS_MIN / shardMs);
    this.tick = Duration.ofMillis(shardMs * shardsPerTick);
  }

  /** Sweeps until it is stopped or the event loops end; to be called on one of them. */
  public void start() {
    timers.after(tick).onSuccess(waited -> next());
  }

  /**
   * Begins no more; completes once what is under way has ended. May be called from anywhere, also
   * where it was never started.
   */
  public Future<Void> stop() {
    stopped = true;
    return underway;
  }

  private void next() {
    Promise<Void> ended = Promise.promise();
    // Told first, then asked: stop() does both the other way round, so one of them sees the other.
    underway = ended.future();
    if (stopped) {
      ended.complete();
      return;
    }
    tick()
        .onComplete(
            swept -> {
              start();
              ended.complete();
            });
  }

  /** A few shards, none of the next round; never fails. */
  private Future<Void> tick() {
    int from = next;
    int until = Math.min(Keys.SHARD_COUNT, from + shardsPerTick);
    next = until % Keys.SHARD_COUNT;
    return Future.join(rounds.stream().map(round -> round.sweep(from, until)).toList()).mapEmpty();
  }
}
