package io.vestibule.audit;

import io.vertx.core.Future;
import io.vestibule.access.BuildingId;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.concurrent.LimitedLog;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Meters;
import io.vestibule.store.Keys;
import io.vestibule.store.RedisStore;
import io.vestibule.store.Reply;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the streams that {@link RedisAuditLog} and the claim's scripts write. */
@AnyThread
public final class RedisAuditReader implements AuditReader {
  private static final Logger LOG = LoggerFactory.getLogger(RedisAuditReader.class);
  private static final Duration LOGGED_EVERY = Duration.ofSeconds(5);

  /** A longer reply would hold up what other requests wait for on the same connection. */
  private static final int CHUNK_COUNT_MAX = 100;

  private static final int PAGE_CHARACTERS_MAX = 1024 * 1024;

  private static final int READS_AT_ONCE_MAX = 8;

  private final Turns turns = new Turns(READS_AT_ONCE_MAX);
  private final RedisStore store;
  private final Meters meters;
  private final LimitedLog unreadableLog;

  public RedisAuditReader(RedisStore store, Meters meters, Time time) {
    this.store = store;
    this.meters = meters;
    this.unreadableLog = new LimitedLog(LOG, time, LOGGED_EVERY);
  }

  @Override
  public Future<AuditPage> after(BuildingId building, RecordId place, int countMax) {
    if (countMax < 1 || countMax > COUNT_MAX) {
      throw new IllegalArgumentException("a page has 1 to " + COUNT_MAX + " records");
    }
    if (place.equals(RecordId.END)) {
      // Redis refuses a range that begins after its last id.
      return Future.succeededFuture(new AuditPage(List.of(), /* more= */ false));
    }
    return gather(new Gathering(building, place, countMax));
  }

  @Override
  public Future<Optional<RecordId>> oldest(BuildingId building) {
    return entries("XRANGE", building, "-", "+", 1).map(RedisAuditReader::firstId);
  }

  @Override
  public Future<Optional<RecordId>> newest(BuildingId building) {
    return entries("XREVRANGE", building, "+", "-", 1).map(RedisAuditReader::firstId);
  }

  private Future<AuditPage> gather(Gathering page) {
    int asked = Math.min(CHUNK_COUNT_MAX, page.room());
    // One more than is taken, to tell whether there are more.
    return entries("XRANGE", page.building, "(" + page.place, "+", asked + 1)
        .compose(
            entries -> {
              boolean more = page.take(entries, asked) < entries.size();
              return more && page.room() > 0
                  ? gather(page)
                  : Future.succeededFuture(new AuditPage(page.records, more));
            });
  }

  private Future<List<Reply>> entries(
      String command, BuildingId building, String from, String to, int countMax) {
    String count = Integer.toString(countMax);
    return turns
        .take(() -> store.command(command, Keys.audit(building), from, to, "COUNT", count))
        .onFailure(failure -> tellForeign(building, failure))
        .map(Reply::list);
  }

  private void tellForeign(BuildingId building, Throwable failure) {
    if (failure instanceof StoreUnavailable unavailable && unavailable.foreignType()) {
      meters.count(Count.AUDIT_UNREADABLE, "log");
      unreadableLog.warn(() -> "what is under " + Keys.audit(building) + " is no audit log");
    }
  }

  private StoredRecord record(BuildingId building, Reply entry) {
    RecordId id = id(entry);
    String json =
        stored(entry)
            .flatMap(text -> StoredJson.withId(id, building, text))
            .orElseGet(() -> unreadable(building, id));
    return new StoredRecord(id, json);
  }

  private String unreadable(BuildingId building, RecordId id) {
    meters.count(Count.AUDIT_UNREADABLE, "record");
    unreadableLog.warn(() -> "entry " + id + " of " + Keys.audit(building) + " is no record");
    return StoredJson.unreadable(id, building);
  }

  private static Optional<RecordId> firstId(List<Reply> entries) {
    return entries.stream().findFirst().map(RedisAuditReader::id);
  }

  private static RecordId id(Reply entry) {
    return RecordId.parse(entry.list().get(0).text()).orElseThrow();
  }

  private static Optional<String> stored(Reply entry) {
    List<Reply> fields = entry.list().get(1).list();
    return fields.size() == 2 && fields.get(0).text().equals("record")
        ? Optional.of(fields.get(1).text())
        : Optional.empty();
  }

  /** A page on its way. */
  private final class Gathering {
    final BuildingId building;
    final List<StoredRecord> records = new ArrayList<>();
    RecordId place;
    private final int countMax;
    private int characterCount;

    Gathering(BuildingId building, RecordId place, int countMax) {
      this.building = building;
      this.place = place;
      this.countMax = countMax;
    }

    int room() {
      return characterCount < PAGE_CHARACTERS_MAX ? countMax - records.size() : 0;
    }

    /** How many of the entries it took; {@code asked} at the most. */
    int take(List<Reply> entries, int asked) {
      int taken = 0;
      while (taken < Math.min(asked, entries.size()) && room() > 0) {
        StoredRecord record = record(building, entries.get(taken));
        records.add(record);
        place = record.id();
        characterCount += record.json().length();
        taken++;
      }
      return taken;
    }
  }
}
