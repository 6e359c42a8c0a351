package io.vestibule.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CarrierId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.ManagerId;
import io.vestibule.audit.AuditLog;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.concurrent.Timers;
import io.vestibule.json.Json;
import io.vestibule.store.Keys;
import io.vestibule.store.Reply;
import io.vestibule.store.Script;
import io.vestibule.store.Store;
import io.vestibule.store.UnreadableValue;
import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Writes entries by scripts that compare the owner first. An entry and its building's log are in
 * different slots of a cluster, so a change of policy is written first and recorded after; if the
 * record fails so does the call, and asking again records it.
 */
@AnyThread
public final class RedisRegistry implements Registry {
  private static final Script PUT = Script.load("entry_put");
  private static final Script DELETE_BUILDING = Script.load("building_delete");
  private static final Script DELETE_COURIER = Script.load("courier_delete");
  private static final Script RESERVE_DOOR = Script.load("door_reserve");
  private static final Script PUT_DOOR = Script.load("door_put");
  private static final Script DELETE_DOOR = Script.load("door_delete");

  /** As long as a retry gets its recorded outcome, which is found through the building. */
  private static final Duration DELETED_DOOR_KEPT = Duration.ofDays(1);

  /** What it stands on. */
  public record Parts(Vertx vertx, Timers timers, Store store, AuditLog audit, Time time) {}

  private final Vertx vertx;
  private final Store store;
  private final Time time;
  private final AuditLog audit;
  private final PolicyRecords records;
  private final Lockdowns lockdowns;
  private final Consumer<String> changed;

  /**
   * @param changed told of each key that was written, or may have been, before the caller is
   */
  public RedisRegistry(Parts parts, Consumer<String> changed) {
    this.vertx = parts.vertx();
    this.store = parts.store();
    this.time = parts.time();
    this.audit = parts.audit();
    this.records = new PolicyRecords(parts.timers(), audit, time);
    this.lockdowns = new Lockdowns(store, time);
    this.changed = changed;
  }

  @Override
  public Future<Written> put(Building building, String by) {
    return audit
        .owner(building.id())
        .compose(
            owner ->
                owner.filter(other -> !other.equals(building.manager())).isPresent()
                    ? Future.succeededFuture(Written.FOREIGN)
                    : write(building))
        .compose(
            written ->
                written == Written.FOREIGN
                    ? Future.succeededFuture(written)
                    : records.changed(building, Optional.empty(), code(written), by).map(written));
  }

  @Override
  public Future<Deleted> delete(BuildingId building, ManagerId owner, String by) {
    List<String> keys = List.of(Keys.building(building), Keys.buildingDoors(building));
    return store
        .evalDurably(DELETE_BUILDING, keys, List.of(owner.text()))
        .onComplete(done -> changed.accept(Keys.building(building)))
        .compose(
            reply -> {
              Deleted deleted = deleted(reply);
              return deleted == Deleted.DELETED
                  ? forget(building, reply.list().get(1), by).map(deleted)
                  : Future.succeededFuture(deleted);
            });
  }

  private Future<Written> write(Building building) {
    return put(
        Keys.building(building.id()),
        "manager",
        building.manager().text(),
        BuildingDocument.toJson(building));
  }

  /** The building's set of doors is written first: a building with a door is never deleted. */
  @Override
  public Future<Written> put(DoorDraft draft, ManagerId owner, String by) {
    BuildingId building = draft.door().building();
    DoorId door = draft.door().id();
    List<String> keys = List.of(Keys.building(building), Keys.buildingDoors(building));
    return store
        .evalDurably(RESERVE_DOOR, keys, List.of(owner.text(), door.text()))
        .compose(
            reserved ->
                reserved.number() == 0
                    ? Future.succeededFuture(Written.UNKNOWN_BUILDING)
                    : write(draft, owner))
        .compose(
            written ->
                switch (written) {
                  case FOREIGN, CONFLICT -> removeFrom(building, door).map(written);
                  case CREATED, REPLACED, SECRET_CHANGED ->
                      doorChanged(building, door, code(written), by).map(written);
                  case UNKNOWN_BUILDING -> Future.succeededFuture(written);
                });
  }

  @Override
  public Future<Deleted> delete(DoorId door, ManagerId owner, String by) {
    String keptMs = Long.toString(DELETED_DOOR_KEPT.toMillis());
    return store
        .evalDurably(DELETE_DOOR, List.of(Keys.door(door)), List.of(owner.text(), keptMs))
        .onComplete(done -> changed.accept(Keys.door(door)))
        .compose(
            reply -> {
              List<Reply> list = reply.list();
              return list.size() > 1
                  ? forget(door, standing(list.get(1)), deleted(reply), by)
                  : Future.succeededFuture(deleted(reply));
            });
  }

  /** Again even if it was gone: the last time may have ended before this. */
  private Future<Deleted> forget(DoorId door, BuildingId building, Deleted deleted, String by) {
    return removeFrom(building, door)
        .compose(removed -> store.commandDurably("DEL", Keys.telemetry(door)))
        // Another device by this id counts its boots from the beginning, too.
        .compose(removed -> store.commandDurably("DEL", Keys.events(building, door)))
        .compose(
            cleared ->
                deleted == Deleted.DELETED
                    ? doorChanged(building, door, code(deleted), by)
                    : Future.succeededFuture())
        .map(deleted);
  }

  @Override
  public Future<Written> put(CourierEntry entry) {
    return put(
        Keys.courier(entry.courier().id()),
        "carrier",
        entry.courier().carrier().text(),
        CourierDocument.toJson(entry));
  }

  @Override
  public Future<Deleted> delete(CourierId courier, CarrierId owner) {
    return store
        .evalDurably(DELETE_COURIER, List.of(Keys.courier(courier)), List.of(owner.text()))
        .onComplete(done -> changed.accept(Keys.courier(courier)))
        .map(reply -> Deleted.valueOf(name(reply)));
  }

  @Override
  public Future<LockdownChange> lockDown(
      BuildingId building, ManagerId owner, Optional<Instant> until, String by) {
    return owned(
        building,
        owner,
        found ->
            lockdowns
                .start(found, new Lockdown(time.now(), until, by))
                .onComplete(done -> changed.accept(Keys.lockdown(building))));
  }

  @Override
  public Future<LockdownChange> lift(BuildingId building, ManagerId owner, String by) {
    return owned(
        building,
        owner,
        found ->
            lockdowns.lift(found, by).onComplete(done -> changed.accept(Keys.lockdown(building))));
  }

  @Override
  public Future<Optional<Lockdown>> lockdown(BuildingId building) {
    return lockdowns.find(building);
  }

  private Future<Written> put(String key, String ownerMember, String owner, ObjectNode entry) {
    return store
        .evalDurably(PUT, List.of(key), List.of(ownerMember, owner, Json.write(entry)))
        .onComplete(done -> changed.accept(key))
        .map(reply -> Written.valueOf(name(reply)));
  }

  private Future<Written> write(DoorDraft draft, ManagerId owner) {
    String entry = Json.write(DoorDocument.toStored(draft, owner));
    return secretHash(draft)
        .compose(
            hash ->
                store.evalDurably(
                    PUT_DOOR,
                    List.of(Keys.door(draft.door().id())),
                    List.of(owner.text(), draft.door().building().text(), entry, hash)))
        .onComplete(done -> changed.accept(Keys.door(draft.door().id())))
        .map(reply -> Written.valueOf(name(reply)));
  }

  /** Empty when none is given; that which is kept if it was made of the same secret. */
  private Future<String> secretHash(DoorDraft draft) {
    return draft
        .secret()
        .map(secret -> kept(draft.door().id()).compose(kept -> hash(secret, kept)))
        .orElseGet(() -> Future.succeededFuture(""));
  }

  private Future<Optional<DoorSecret>> kept(DoorId door) {
    return store
        .command("GET", Keys.door(door))
        .map(
            store.reading(
                "door", reply -> RedisDirectory.readDoor(door, reply).flatMap(DoorEntry::secret)));
  }

  private Future<String> hash(String secret, Optional<DoorSecret> kept) {
    return vertx.executeBlocking(
        () ->
            kept.filter(same -> same.matches(secret)).orElseGet(() -> DoorSecret.of(secret)).hash(),
        false);
  }

  private BuildingId standing(Reply building) {
    return store
        .reading(
            "door",
            (Reply told) ->
                BuildingId.parse(told.text())
                    .orElseThrow(() -> new UnreadableValue("a door in no building")))
        .apply(building);
  }

  private Future<Void> removeFrom(BuildingId building, DoorId door) {
    return store.commandDurably("SREM", Keys.buildingDoors(building), door.text()).mapEmpty();
  }

  private Future<Void> forget(BuildingId id, Reply entry, String by) {
    Optional<Building> building = building(id).apply(entry);
    return store
        .commandDurably("DEL", Keys.lockdown(id))
        .onComplete(done -> changed.accept(Keys.lockdown(id)))
        .compose(
            done ->
                records.changed(
                    building.orElseThrow(), Optional.empty(), code(Deleted.DELETED), by));
  }

  /** A building that has gone with its door has no policy any more. */
  private Future<Void> doorChanged(BuildingId building, DoorId door, String change, String by) {
    return found(building)
        .compose(
            there ->
                there
                    .map(known -> records.changed(known, Optional.of(door), change, by))
                    .orElseGet(Future::succeededFuture));
  }

  private Future<Optional<Building>> found(BuildingId building) {
    return store.command("GET", Keys.building(building)).map(building(building));
  }

  /** The owner of a building never changes, so it may be compared a step earlier. */
  private Future<LockdownChange> owned(
      BuildingId building, ManagerId owner, Function<Building, Future<LockdownChange>> change) {
    return found(building)
        .compose(
            found -> {
              if (found.isEmpty()) {
                return Future.succeededFuture(LockdownChange.ABSENT);
              }
              return found.get().manager().equals(owner)
                  ? change.apply(found.get())
                  : Future.succeededFuture(LockdownChange.FOREIGN);
            });
  }

  private Function<Reply, Optional<Building>> building(BuildingId id) {
    return store.reading(
        "building",
        reply ->
            Entries.read(
                reply,
                Keys.building(id),
                (json, faults) -> BuildingDocument.parse(id, Optional.empty(), json, faults)));
  }

  private static Deleted deleted(Reply reply) {
    return Deleted.valueOf(name(reply.list().get(0)));
  }

  private static String name(Reply reply) {
    return reply.text().toUpperCase(Locale.ROOT);
  }

  private static String code(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
