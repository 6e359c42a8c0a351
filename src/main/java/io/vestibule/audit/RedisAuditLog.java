package io.vestibule.audit;

import io.vertx.core.Future;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.ManagerId;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.store.Call;
import io.vestibule.store.Keys;
import io.vestibule.store.Script;
import io.vestibule.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The log as one Redis stream a building. */
@AnyThread
public final class RedisAuditLog implements AuditLog {
  private static final Script APPEND = Script.load("audit_append");
  private static final Script EVENT = Script.load("audit_event");

  /** How many seqs below a boot's highest are told apart; one further below counts as new. */
  private static final int WINDOW_MAX = 1_000;

  private static final int BOOTS_MAX = 8;

  /** Longer than an attempt is on record, which is what most names are of. */
  private static final Duration NAME_KEPT = Duration.ofHours(25);

  private static final Duration EVENTS_REMEMBERED = Duration.ofDays(7);

  private final Store store;

  public RedisAuditLog(Store store) {
    this.store = store;
  }

  @Override
  public Future<Void> append(Building building, AuditRecord record) {
    return store.evalDurably(APPEND, keys(building), arguments(building, record)).mapEmpty();
  }

  @Override
  public Future<Boolean> appendOnce(Building building, AuditRecord record, String name) {
    List<String> keys = new ArrayList<>(keys(building));
    keys.add(Keys.recorded(building.id(), name));
    List<String> args = arguments(building, record);
    args.add(Long.toString(NAME_KEPT.toMillis()));
    return store.evalDurably(APPEND, keys, args).map(reply -> reply.number() == 1);
  }

  @Override
  public Future<Boolean> append(Building building, DoorEvent event) {
    if (event.seq() < 0 || event.seq() > DoorEvent.SEQ_MAX) {
      throw new IllegalArgumentException("seq is 0 to 2^53 - 1");
    }
    List<String> keys =
        List.of(Keys.events(building.id(), event.door()), Keys.audit(building.id()));
    return store
        .evalDurably(EVENT, keys, arguments(building, event))
        .map(reply -> reply.number() == 1);
  }

  @Override
  public Future<Boolean> append(Denial denial) {
    return store
        .evalDurably(
            DenialScript.SCRIPT,
            DenialScript.keys(denial.record().building()),
            DenialScript.arguments(denial))
        .map(reply -> reply.number() == 1);
  }

  @Override
  public Future<Optional<ManagerId>> owner(BuildingId building) {
    String shard = Keys.shard(building);
    return store
        .pipelined(
            List.of(
                Call.of("HGET", Keys.retention(shard), building.text()),
                Call.of("EXISTS", Keys.audit(building))))
        .map(
            replies ->
                replies.get(1).number() == 0
                    ? Optional.empty()
                    : replies.get(0).optionalText().flatMap(RedisAuditLog::manager));
  }

  /** After the days of retention. */
  private static Optional<ManagerId> manager(String noted) {
    return ManagerId.parse(noted.substring(noted.indexOf(' ') + 1));
  }

  private static List<String> keys(Building building) {
    return List.of(Keys.audit(building.id()), Keys.retention(Keys.shard(building.id())));
  }

  private static List<String> arguments(Building building, AuditRecord record) {
    List<String> args = new ArrayList<>();
    args.add(RecordJson.write(record));
    args.add(Retention.lifeMs(building.retentionDays()));
    args.add(building.id().text());
    args.add(building.retentionDays() + " " + building.manager());
    return args;
  }

  private static List<String> arguments(Building building, DoorEvent event) {
    List<String> args = new ArrayList<>();
    args.add(event.boot());
    args.add(Long.toString(event.seq()));
    args.add(Long.toString(event.receivedAt().toEpochMilli()));
    args.add(RecordJson.write(record(building, event)));
    args.add(Retention.lifeMs(building.retentionDays()));
    args.add(Integer.toString(WINDOW_MAX));
    args.add(Integer.toString(BOOTS_MAX));
    args.add(Long.toString(EVENTS_REMEMBERED.toMillis()));
    return args;
  }

  private static AuditRecord record(Building building, DoorEvent event) {
    return new AuditRecord(
        event.type(),
        building.id(),
        Optional.of(event.door()),
        event.at(),
        event.receivedAt(),
        Map.of("boot", event.boot(), "seq", event.seq()));
  }
}
