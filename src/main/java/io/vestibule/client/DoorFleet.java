package io.vestibule.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.access.DoorId;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Many simulated doors of one gateway. Its methods may be called on any thread. */
public final class DoorFleet {
  private final Vertx vertx;
  private final FleetPlan plan;
  private final Map<DoorId, SimulatedDoor> doors = new LinkedHashMap<>();

  public DoorFleet(Vertx vertx, FleetPlan plan, CommandKeys keys) {
    this.vertx = vertx;
    this.plan = plan;
    for (DoorId id : plan.doors()) {
      DoorLink link = DoorLink.of(plan.gateway(), plan.pki(), id);
      doors.put(id, new SimulatedDoor(vertx, id, link, keys));
    }
  }

  /**
   * Starts every door; completes once all that shall be are connected, which may be never. Fails,
   * in words for the terminal, only if a file of the PKI is missing.
   */
  public Future<Void> start(Function<DoorId, Behaviour> behaviours) {
    return checkFiles()
        .compose(
            nothing ->
                Future.all(
                    doors.values().stream()
                        .map(door -> door.start(behaviours.apply(door.id()), plan.telemetryEvery()))
                        .toList()))
        .mapEmpty();
  }

  /** Disconnects every door. */
  public Future<Void> stop() {
    return Future.join(doors.values().stream().map(SimulatedDoor::stop).toList()).mapEmpty();
  }

  public SimulatedDoor door(DoorId id) {
    SimulatedDoor door = doors.get(id);
    if (door == null) {
      throw new IllegalArgumentException("no such door in the fleet: " + id);
    }
    return door;
  }

  public List<SimulatedDoor> doors() {
    return List.copyOf(doors.values());
  }

  public long onlineCount() {
    return doors.values().stream().filter(SimulatedDoor::online).count();
  }

  public long connectCount() {
    return doors.values().stream().mapToLong(SimulatedDoor::connectCount).sum();
  }

  public long disconnectCount() {
    return doors.values().stream().mapToLong(SimulatedDoor::disconnectCount).sum();
  }

  /** Why one of the doors is not connected, in words; empty when none has trouble. */
  public Optional<String> trouble() {
    return doors.values().stream()
        .flatMap(door -> door.trouble().map(why -> door.id() + ": " + why).stream())
        .findFirst();
  }

  private Future<Void> checkFiles() {
    return Future.all(plan.files().stream().map(this::checkFile).toList()).mapEmpty();
  }

  private Future<Void> checkFile(Path file) {
    return vertx
        .fileSystem()
        .exists(file.toString())
        .compose(
            exists ->
                exists ? Future.succeededFuture() : Future.failedFuture("no such file: " + file));
  }
}
