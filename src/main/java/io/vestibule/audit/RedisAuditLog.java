package io.vestibule.audit;

import io.vertx.core.Future;
import io.vestibule.access.Building;
import io.vestibule.concurrent.AnyThread;
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
  private static final Duration EVENTS_REMEMBERED = Duration.ofDays(7);

  private final Store store;

  public RedisAuditLog(Store store) {
    this.store = store;
  }

  @Override
  public Future<Void> append(Building building, AuditRecord record) {
    List<String> args = new ArrayList<>();
    args.add(RecordJson.write(record));
    args.addAll(new Retention(building.retentionDays(), record.receivedAt()).arguments());
    return store.evalDurably(APPEND, List.of(Keys.audit(building.id())), args).mapEmpty();
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

  private static List<String> arguments(Building building, DoorEvent event) {
    List<String> args = new ArrayList<>();
    args.add(event.boot());
    args.add(Long.toString(event.seq()));
    args.add(Long.toString(event.receivedAt().toEpochMilli()));
    args.add(RecordJson.write(record(building, event)));
    args.addAll(new Retention(building.retentionDays(), event.receivedAt()).arguments());
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
