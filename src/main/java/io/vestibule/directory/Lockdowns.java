package io.vestibule.directory;

import io.vertx.core.Future;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.audit.AuditRecord;
import io.vestibule.audit.RecordJson;
import io.vestibule.audit.RecordType;
import io.vestibule.audit.Retention;
import io.vestibule.store.Keys;
import io.vestibule.store.Script;
import io.vestibule.store.Store;
import io.vestibule.time.Time;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts and lifts lockdowns, each with its record in one script. */
final class Lockdowns {
  private static final Script START = Script.load("lockdown_start");
  private static final Script LIFT = Script.load("lockdown_lift");

  private final Store store;
  private final Time time;

  Lockdowns(Store store, Time time) {
    this.store = store;
    this.time = time;
  }

  Future<Registry.LockdownChange> start(Building building, Lockdown lockdown) {
    Map<String, Object> data = new HashMap<>();
    data.put("by", lockdown.by());
    lockdown.until().ifPresent(end -> data.put("until", end.toString()));
    List<String> args = new ArrayList<>();
    args.add(lockdown.write());
    args.addAll(recording(building, RecordType.LOCKDOWN_STARTED, data, lockdown.since()));
    return store.evalDurably(START, keys(building), args).map(Registry.LockdownChange.STARTED);
  }

  Future<Registry.LockdownChange> lift(Building building, String by) {
    Instant now = time.now();
    List<String> args = recording(building, RecordType.LOCKDOWN_LIFTED, Map.of("by", by), now);
    args.add(Long.toString(now.toEpochMilli()));
    return store
        .evalDurably(LIFT, keys(building), args)
        .map(
            reply ->
                reply.number() == 1
                    ? Registry.LockdownChange.LIFTED
                    : Registry.LockdownChange.NONE);
  }

  Future<Optional<Lockdown>> find(BuildingId building) {
    return store
        .command("GET", Keys.lockdown(building))
        .map(
            store.reading(
                "lockdown", reply -> RedisDirectory.readLockdown(building, reply, time.now())));
  }

  private static List<String> keys(Building building) {
    return List.of(Keys.lockdown(building.id()), Keys.audit(building.id()));
  }

  private static List<String> recording(
      Building building, RecordType type, Map<String, Object> data, Instant at) {
    AuditRecord record = new AuditRecord(type, building.id(), Optional.empty(), at, at, data);
    List<String> args = new ArrayList<>();
    args.add(RecordJson.write(record));
    args.add(Retention.lifeMs(building.retentionDays()));
    return args;
  }
}
