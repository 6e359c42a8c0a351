package io.vestibule.directory;

import io.vertx.core.Future;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.BuildingPolicy;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.Premises;
import io.vestibule.access.Site;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.store.Call;
import io.vestibule.store.Keys;
import io.vestibule.store.Reply;
import io.vestibule.store.Store;
import io.vestibule.time.Time;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads every entry from Redis each time it is asked for. */
@AnyThread
public final class RedisDirectory implements Directory {
  private final Store store;
  private final Time time;
  private final Guesses guesses;

  /**
   * @param guesses learns of each door that is asked for, as one that connects is
   */
  public RedisDirectory(Store store, Time time, Guesses guesses) {
    this.store = store;
    this.time = time;
    this.guesses = guesses;
  }

  @Override
  public Future<Optional<Building>> building(BuildingId building) {
    return store
        .command("GET", Keys.building(building))
        .map(store.reading("building", reply -> readBuilding(building, reply)));
  }

  @Override
  public Future<Optional<DoorEntry>> door(DoorId door) {
    return doorReply(door)
        .map(store.reading("door", (Reply reply) -> readDoor(door, reply)))
        .onSuccess(found -> found.ifPresent(entry -> guesses.learn(door, entry.door().building())));
  }

  @Override
  public Future<Optional<Premises>> premises(DoorId door) {
    return door(door)
        .compose(
            entry ->
                entry.isEmpty() ? Future.succeededFuture(Optional.empty()) : premises(entry.get()));
  }

  @Override
  public Future<Optional<CourierEntry>> courier(CourierId courier) {
    String key = Keys.courier(courier);
    return store
        .command("GET", key)
        .map(
            store.reading(
                "courier",
                reply ->
                    Entries.read(
                        reply,
                        key,
                        (json, faults) ->
                            CourierDocument.parse(courier, Optional.empty(), json, faults))));
  }

  @Override
  public Future<Optional<BuildingId>> lastBuilding(DoorId door) {
    return doorReply(door)
        .map(
            store.reading(
                "door",
                reply ->
                    reply
                        .optionalText()
                        .map(text -> Entries.strictly(Keys.door(door), () -> Entries.json(text)))
                        .map(json -> json.path("building").asText())
                        .flatMap(BuildingId::parse)));
  }

  /** The lockdown in force. */
  static Optional<Lockdown> readLockdown(BuildingId building, Reply reply, Instant now) {
    return Entries.strictly(
        Keys.lockdown(building),
        () -> reply.optionalText().map(Lockdown::parse).filter(lockdown -> lockdown.holdsAt(now)));
  }

  private Future<Optional<Premises>> premises(DoorEntry entry) {
    BuildingId id = entry.door().building();
    return store
        .pipelined(List.of(Call.of("GET", Keys.building(id)), Call.of("GET", Keys.lockdown(id))))
        .map(
            store.reading(
                "building",
                replies ->
                    readBuilding(id, replies.get(0))
                        .map(building -> premises(entry, building, replies.get(1)))));
  }

  private Premises premises(DoorEntry entry, Building building, Reply lockdown) {
    Instant lockedUntil =
        readLockdown(building.id(), lockdown, time.now())
            .map(found -> found.until().orElse(Instant.MAX))
            .orElse(Instant.MIN);
    return new Premises(entry.door(), new Site(BuildingPolicy.of(building), lockedUntil));
  }

  private Future<Reply> doorReply(DoorId door) {
    return store.command("GET", Keys.door(door));
  }

  private static Optional<Building> readBuilding(BuildingId building, Reply reply) {
    return Entries.read(
        reply,
        Keys.building(building),
        (json, faults) -> BuildingDocument.parse(building, Optional.empty(), json, faults));
  }

  /** Empty for one that was deleted. */
  static Optional<DoorEntry> readDoor(DoorId door, Reply reply) {
    String key = Keys.door(door);
    return Entries.strictly(
        key, () -> reply.optionalText().flatMap(text -> DoorDocument.readStored(door, text)));
  }
}
