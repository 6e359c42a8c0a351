package io.vestibule.directory;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vestibule.access.BuildingId;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.concurrent.Timers;
import io.vestibule.store.Call;
import io.vestibule.store.Keys;
import io.vestibule.store.Reply;
import io.vestibule.store.Store;
import io.vestibule.store.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many doors are registered in all buildings. It is read shard by shard, one after the other,
 * and who finds a shard not counted of late counts it for all gateways: however many of them there
 * are, a building's doors are counted about once a minute.
 */
@LoopConfined
public final class RegisteredDoors {
  private static final Logger LOG = LoggerFactory.getLogger(RegisteredDoors.class);

  /** As quickly as Redis answers. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(1);

  private static final Duration PAUSE = Duration.ofMinutes(1).dividedBy(Keys.SHARD_COUNT);

  /** With a round to read it again that is less than two minutes. */
  private static final Duration KEPT = Duration.ofSeconds(45);

  private static final long UNKNOWN = -1;

  private final Store store;
  private final Timers timers;
  // Of each shard; the loop writes, the scraper reads.
  private final AtomicLongArray counts = new AtomicLongArray(Keys.SHARD_COUNT);
  private Duration pause = FIRST_PAUSE;
  private int next;

  // What stop() and the loop tell each other.
  private volatile boolean stopped;
  private volatile Future<Void> underway = Future.succeededFuture();

  public RegisteredDoors(Store store, Timers timers) {
    this.store = store;
    this.timers = timers;
    for (int shard = 0; shard < Keys.SHARD_COUNT; shard++) {
      counts.set(shard, UNKNOWN);
    }
  }

  /** Counts until it is stopped; to be called on an event loop. */
  public void start() {
    timers.after(pause).onSuccess(waited -> next());
  }

  /**
   * Any thread: begins with no other shard; completes once Redis has answered for the one under
   * way.
   */
  public Future<Void> stop() {
    stopped = true;
    return underway;
  }

  /**
   * Any thread: at most two minutes old while Redis answers, the last that was read while it does
   * not; not a number until each shard was read once, which takes seconds.
   */
  public double count() {
    long sum = 0;
    for (int shard = 0; shard < Keys.SHARD_COUNT; shard++) {
      long count = counts.get(shard);
      if (count == UNKNOWN) {
        return Double.NaN;
      }
      sum += count;
    }
    return sum;
  }

  private void next() {
    Promise<Void> ended = Promise.promise();
    // Told first, then asked: stop() does both the other way round, so one of them sees the other.
    underway = ended.future();
    if (stopped) {
      ended.complete();
      return;
    }
    shard()
        .onComplete(
            counted -> {
              start();
              ended.complete();
            });
  }

  private Future<Void> shard() {
    int shard = next;
    next = (next + 1) % Keys.SHARD_COUNT;
    if (next == 0) {
      pause = PAUSE;
    }
    // Composed, what a bug throws is a failure, and ends no timer.
    return Future.<Void>succeededFuture()
        .compose(now -> read(shard))
        .onSuccess(count -> counts.set(shard, count))
        .<Void>mapEmpty()
        .otherwise(RegisteredDoors::left);
  }

  private Future<Long> read(int shard) {
    return store
        .command("GET", Keys.doorCount(Keys.shard(shard)))
        .compose(
            kept ->
                number(kept)
                    .map(Future::succeededFuture)
                    .orElseGet(() -> counted(Keys.shard(shard))));
  }

  /** Every building that has a door has a log, and that names it. */
  private Future<Long> counted(String shard) {
    return store
        .command("HKEYS", Keys.retention(shard))
        .compose(buildings -> store.pipelined(sizes(buildings)))
        .map(sizes -> sizes.stream().mapToLong(Reply::number).sum())
        .compose(
            count ->
                store
                    .command(
                        "SET",
                        Keys.doorCount(shard),
                        Long.toString(count),
                        "PX",
                        Long.toString(KEPT.toMillis()))
                    .map(count));
  }

  private static List<Call> sizes(Reply buildings) {
    return buildings.list().stream()
        .flatMap(id -> BuildingId.parse(id.text()).stream())
        .map(building -> Call.of("SCARD", Keys.buildingDoors(building)))
        .toList();
  }

  private static Optional<Long> number(Reply kept) {
    return kept.optionalText().filter(text -> text.matches("[0-9]{1,15}")).map(Long::valueOf);
  }

  private static @Nullable Void left(Throwable failure) {
    if (!(failure instanceof StoreUnavailable)) {
      LOG.error("counting the registered doors met a bug", failure);
    }
    return null;
  }
}
