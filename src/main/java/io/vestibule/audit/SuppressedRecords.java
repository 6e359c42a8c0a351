package io.vestibule.audit;

import io.vertx.core.Future;
import io.vestibule.access.BuildingId;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.store.Keys;
import io.vestibule.store.Reply;
import io.vestibule.store.Store;
import io.vestibule.time.Time;
import java.util.ArrayList;
import java.util.List;

/** Writes the {@code suppressed} records of minutes that are over and saw no later denial. */
@AnyThread
public final class SuppressedRecords {
  private static final int COUNT_MAX = 100;

  private final Store store;
  private final Time time;

  public SuppressedRecords(Store store, Time time) {
    this.store = store;
    this.time = time;
  }

  /**
   * Those of a shard, the oldest first and at most 100; of several gateways one writes each. Fails
   * only with {@link io.vestibule.store.StoreUnavailable}.
   *
   * @return how many it found
   */
  public Future<Integer> write(int shardIndex) {
    String shard = Keys.shard(shardIndex);
    String until = Long.toString(time.now().toEpochMilli());
    return store
        .command(
            "ZRANGEBYSCORE",
            Keys.suppressed(shard),
            "-inf",
            until,
            "LIMIT",
            "0",
            Integer.toString(COUNT_MAX))
        .compose(
            found -> {
              List<Future<Reply>> writing = new ArrayList<>();
              found.list().forEach(id -> writing.add(write(shard, id.text())));
              return Future.join(writing).map(found.list().size());
            });
  }

  private Future<Reply> write(String shard, String id) {
    return BuildingId.parse(id)
        .map(this::write)
        // Nobody's, and in the way of those that are.
        .orElseGet(() -> store.commandDurably("ZREM", Keys.suppressed(shard), id));
  }

  private Future<Reply> write(BuildingId building) {
    return store.evalDurably(
        DenialScript.SCRIPT,
        DenialScript.keys(building),
        DenialScript.closing(building, time.now()));
  }
}
