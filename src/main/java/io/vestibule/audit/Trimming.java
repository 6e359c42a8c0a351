package io.vestibule.audit;

import io.vertx.core.Future;
import io.vestibule.access.BuildingId;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.store.Keys;
import io.vestibule.store.Reply;
import io.vestibule.store.Script;
import io.vestibule.store.Store;
import java.util.ArrayList;
import java.util.List;

/**
 * Trims logs to their buildings' retention, also those to which nothing is appended, and forgets a
 * building that is gone once its log is.
 */
@AnyThread
public final class Trimming {
  private static final Script TRIM = Script.load("audit_trim");
  private static final Script FORGET = Script.load("audit_forget");
  private static final long NO_LOG = -1;

  /** A log's at a time: Redis does nothing else meanwhile. The next round takes the rest. */
  private static final int RECORDS_MAX = 10_000;

  private static final int BUILDINGS_AT_ONCE = 10;

  private final Store store;

  public Trimming(Store store) {
    this.store = store;
  }

  /**
   * All logs of a shard, a few at a time; it does no harm if another gateway does the same. Fails
   * only with {@link io.vestibule.store.StoreUnavailable}.
   */
  public Future<Void> trim(int shardIndex) {
    return trimFrom(Keys.retention(Keys.shard(shardIndex)), "0");
  }

  private Future<Void> trimFrom(String retention, String cursor) {
    return store
        .command("HSCAN", retention, cursor, "COUNT", Integer.toString(BUILDINGS_AT_ONCE))
        .compose(
            found -> {
              String next = found.list().get(0).text();
              return trim(found.list().get(1))
                  .compose(
                      trimmed ->
                          next.equals("0") ? Future.succeededFuture() : trimFrom(retention, next));
            });
  }

  private Future<Void> trim(Reply retentions) {
    List<Future<Reply>> trimming = new ArrayList<>();
    retentions
        .fields()
        .keySet()
        // What is no id is nobody's log.
        .forEach(id -> BuildingId.parse(id).ifPresent(building -> trimming.add(trim(building))));
    return Future.join(trimming).mapEmpty();
  }

  private Future<Reply> trim(BuildingId building) {
    return store
        .evalDurably(TRIM, keys(building), List.of(building.text(), Integer.toString(RECORDS_MAX)))
        .compose(
            trimmed ->
                trimmed.number() == NO_LOG
                    ? forgetIfGone(building)
                    : Future.succeededFuture(trimmed));
  }

  /** A building that is there has doors to be counted, whether or not anything happened of late. */
  private Future<Reply> forgetIfGone(BuildingId building) {
    return store
        .command("EXISTS", Keys.building(building))
        .compose(
            there ->
                there.number() == 0
                    // Made again meanwhile, it has a log.
                    ? store.evalDurably(FORGET, keys(building), List.of(building.text()))
                    : Future.succeededFuture(there));
  }

  private static List<String> keys(BuildingId building) {
    return List.of(Keys.audit(building), Keys.retention(Keys.shard(building)));
  }
}
