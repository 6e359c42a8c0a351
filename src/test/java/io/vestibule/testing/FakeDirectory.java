package io.vestibule.testing;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CourierId;
import io.vestibule.access.Door;
import io.vestibule.access.DoorId;
import io.vestibule.access.ManagerId;
import io.vestibule.access.Premises;
import io.vestibule.access.Status;
import io.vestibule.directory.CourierEntry;
import io.vestibule.directory.Directory;
import io.vestibule.directory.DoorEntry;
import io.vestibule.store.StoreUnavailable;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A directory in memory, in one building; it can fall silent or fail. */
public final class FakeDirectory implements Directory {
  public static final BuildingId BUILDING = new BuildingId("b1");
  private static final ManagerId MANAGER = new ManagerId("m1");

  private final Map<DoorId, DoorEntry> doors = new ConcurrentHashMap<>();
  private volatile boolean failing;
  private volatile Optional<Promise<Void>> held = Optional.empty();

  public FakeDirectory with(String door) {
    DoorId id = new DoorId(door);
    doors.put(
        id,
        new DoorEntry(
            new Door(id, BUILDING, Status.ACTIVE, Duration.ofSeconds(5)),
            MANAGER,
            Optional.empty(),
            Optional.empty()));
    return this;
  }

  /** As if it had been deleted. */
  public void remove(String door) {
    doors.remove(new DoorId(door));
  }

  public void fail(boolean fails) {
    failing = fails;
  }

  /** Lookups wait until the promise that is returned completes. */
  public Promise<Void> hold() {
    Promise<Void> promise = Promise.promise();
    held = Optional.of(promise);
    return promise;
  }

  @Override
  public Future<Optional<DoorEntry>> door(DoorId door) {
    return answer(Optional.ofNullable(doors.get(door)));
  }

  @Override
  public Future<Optional<Building>> building(BuildingId building) {
    return answer(
        building.equals(BUILDING)
            ? Optional.of(
                new Building(
                    BUILDING,
                    MANAGER,
                    ZoneOffset.UTC,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Status.ACTIVE,
                    90))
            : Optional.empty());
  }

  @Override
  public Future<Optional<Premises>> premises(DoorId door) {
    return Future.failedFuture(new IllegalStateException("not asked by the edge"));
  }

  @Override
  public Future<Optional<CourierEntry>> courier(CourierId courier) {
    return Future.failedFuture(new IllegalStateException("not asked by the edge"));
  }

  @Override
  public Future<Optional<BuildingId>> lastBuilding(DoorId door) {
    return answer(Optional.empty());
  }

  private <T> Future<T> answer(T value) {
    if (failing) {
      return Future.failedFuture(
          new StoreUnavailable("directory", new IllegalStateException("down")));
    }
    io.vertx.core.Context context = io.vertx.core.Vertx.currentContext();
    return held.map(
            promise ->
                Future.<T>future(
                    answer ->
                        promise
                            .future()
                            .onComplete(
                                done -> context.runOnContext(nothing -> answer.complete(value)))))
        .orElseGet(() -> Future.succeededFuture(value));
  }
}
