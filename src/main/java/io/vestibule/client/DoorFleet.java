package io.vestibule.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.access.DoorId;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Many simulated doors of one gateway. Its methods may be called on any thread. */
public final class DoorFleet {
  /** Full handshakes, of which a core does some 800 a second; the doors do their half too. */
  private static final int STARTS_PER_SECOND = 300;

  private final Vertx vertx;
  private final FleetPlan plan;
  private final Map<DoorId, SimulatedDoor> doors = new LinkedHashMap<>();
  private final List<SimulatedDoor> inOrder;

  public DoorFleet(Vertx vertx, FleetPlan plan, CommandKeys keys) {
    this.vertx = vertx;
    this.plan = plan;
    for (DoorId id : plan.doors()) {
      DoorLink link = DoorLink.of(plan.gateway(), plan.pki(), id);
      doors.put(id, new SimulatedDoor(vertx, id, link, keys));
    }
    this.inOrder = List.copyOf(doors.values());
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
                    IntStream.range(0, plan.doorCount())
                        .mapToObj(index -> inTurn(index, behaviours))
                        .toList()))
        .mapEmpty();
  }

  /** All at once would wait for each other's handshakes until they time out, and come again. */
  private Future<Void> inTurn(int index, Function<DoorId, Behaviour> behaviours) {
    SimulatedDoor door = inOrder.get(index);
    Behaviour behaviour = behaviours.apply(door.id());
    long afterMs = index / STARTS_PER_SECOND * 1_000L;
    return afterMs == 0
        ? door.start(behaviour, plan.telemetryEvery())
        : vertx
            .timer(afterMs, TimeUnit.MILLISECONDS)
            .compose(due -> door.start(behaviour, plan.telemetryEvery()));
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
    return inOrder;
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
