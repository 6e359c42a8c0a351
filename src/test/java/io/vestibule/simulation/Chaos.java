package io.vestibule.simulation;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.Status;
import io.vestibule.audit.RedisAuditLog;
import io.vestibule.directory.RedisRegistry;
import io.vestibule.grant.Grant;
import io.vestibule.store.Keys;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;

/** What befalls nodes, doors and Redis besides single calls, and what operators do meanwhile. */
final class Chaos {
  private static final Vertx VERTX = Vertx.vertx();

  private final World world;
  private final SplittableRandom random;
  private boolean over;

  Chaos(World world, SplittableRandom random) {
    this.world = world;
    this.random = random;
  }

  void start() {
    boot(0, offset());
    boot(1, offset());
    times(6, this::kill);
    times(3, this::pause);
    times(2, () -> away(span(6_000)));
    times(2, () -> still(span(5_000)));
    times(16, () -> anyDoor().drop());
    times(2, this::lockDown);
    times(2, this::revoke);
    times(1, this::deliver);
    times(2, this::suspend);
    if (world.kind.forgets()) {
      times(3, this::failOver);
    }
    if (world.kind.clocksStep()) {
      times(4, this::stepClock);
    }
    world.server.redis.onChange(this::tell);
  }

  /** What was broken is whole again. */
  void end() {
    over = true;
    Town.DOOR_IDS.forEach(door -> world.door(door).connect());
  }

  private void times(int countMax, Runnable what) {
    int count = random.nextInt(countMax + 1);
    for (int index = 0; index < count; index++) {
      long at = random.nextLong(World.BUSY.toMillis());
      world.agenda.at(Duration.ofMillis(at), what);
    }
  }

  private void boot(int index, Duration offset) {
    Node node = new Node((index == 0 ? "north" : "south"), world, offset);
    if (world.nodes().size() <= index) {
      world.nodes().add(node);
    } else {
      world.nodes().set(index, node);
    }
  }

  private void kill() {
    int index = random.nextInt(2);
    Node node = world.nodes().get(index);
    if (!node.alive()) {
      return;
    }
    trouble(Duration.ofSeconds(10));
    node.kill();
    world.happened.count("node killed");
    world.happened.count("node killed in an attempt", node.flow.inFlightCount() > 0);
    Town.DOOR_IDS.forEach(door -> world.door(door).dropFrom(node));
    world.agenda.after(span(4_000), () -> boot(index, offset()));
  }

  private void pause() {
    Duration length = span(random.nextInt(4) == 0 ? 14_000 : 2_000);
    trouble(length.plusSeconds(10));
    world.happened.count("node paused");
    world.anyNode(random).ifPresent(node -> node.pause(length));
  }

  private void away(Duration length) {
    trouble(length.plusSeconds(6));
    world.trace.note("redis is away for " + length);
    world.happened.count("redis away");
    world.nodes().forEach(Node::troubled);
    world.server.awayFor(length);
  }

  private void still(Duration length) {
    trouble(length.plusSeconds(6));
    world.trace.note("redis stands still for " + length);
    world.happened.count("redis still");
    world.nodes().forEach(Node::troubled);
    world.server.stillFor(length);
  }

  private void failOver() {
    trouble(Duration.ofSeconds(10));
    int lost = world.server.failOver(random.nextInt(12), span(3_000));
    world.trace.note("redis fails over and forgets " + lost + " writes");
    world.happened.count("failover that forgets", lost > 0);
  }

  private void stepClock() {
    Duration to = Duration.ofSeconds(random.nextInt(61) - 30);
    world
        .anyNode(random)
        .ifPresent(
            node -> {
              world.trace.note("the clock of " + node + " steps to " + to);
              world.happened.count("clock stepped");
              node.troubled();
              node.clock.stepTo(to);
            });
  }

  private void lockDown() {
    lockDown(Town.BUILDINGS.get(random.nextInt(2)), 8_000);
  }

  /** Just while an unlock is on its way there. */
  void lockDownPerhaps(BuildingId building) {
    if (!over && random.nextInt(25) == 0) {
      world.agenda.after(
          Duration.ofNanos(random.nextInt(5_000_000)), () -> lockDown(building, 400));
    }
  }

  /** Likewise. */
  void dropPerhaps(DoorId door) {
    if (!over && random.nextInt(25) == 0) {
      world.agenda.after(
          Duration.ofNanos(random.nextInt(5_000_000)), () -> world.door(door).drop());
    }
  }

  private void lockDown(BuildingId building, int millisecondsMax) {
    world
        .anyNode(random)
        .ifPresent(
            node -> {
              world.trace.note(building + " is locked down by " + node);
              quietly(registry(node).lockDown(building, Town.MANAGER, Optional.empty(), "homes"));
            });
    world.agenda.after(span(millisecondsMax), () -> lift(building));
  }

  private void lift(BuildingId building) {
    world
        .anyNode(random)
        .ifPresent(
            node -> {
              world.trace.note("the lockdown of " + building + " is lifted by " + node);
              quietly(registry(node).lift(building, Town.MANAGER, "homes"));
            });
  }

  private void revoke() {
    Grant grant = anyGrant();
    world.anyNode(random).ifPresent(node -> quietly(node.grants.revoke(grant.id(), "swift")));
  }

  private void deliver() {
    Grant grant = anyGrant();
    world.anyNode(random).ifPresent(node -> quietly(node.grants.close(grant.id(), "swift")));
  }

  private void suspend() {
    CourierId courier = Town.COURIERS.get(random.nextInt(Town.COURIERS.size()));
    write(courier, Status.SUSPENDED);
    world.agenda.after(span(10_000), () -> write(courier, Status.ACTIVE));
  }

  private void write(CourierId courier, Status status) {
    world
        .anyNode(random)
        .ifPresent(node -> quietly(registry(node).put(Town.courier(courier, status))));
  }

  /** Redis tells each node of changes to lockdowns, a moment later. */
  private void tell(String key) {
    Keys.readLockdown(key)
        .ifPresent(building -> world.nodes().forEach(node -> tell(node, building)));
  }

  private void tell(Node node, BuildingId building) {
    node.deliver(
        Duration.ofNanos(random.nextInt(4_000_000)),
        () -> {
          world.checker.told(node, building);
          if (world.variant.hearsOfLockdowns()) {
            node.flow.lockdownChanged();
          }
        });
  }

  /** An operator asks again some other time; a bug is one here too. */
  private void quietly(Future<?> write) {
    write.onFailure(world::troubled);
  }

  private RedisRegistry registry(Node node) {
    return new RedisRegistry(
        new RedisRegistry.Parts(
            VERTX, node.timers(), node.link, new RedisAuditLog(node.link), node.clock),
        key -> {});
  }

  private void trouble(Duration length) {
    world.faults.noted(world.agenda.now().plus(length));
  }

  private Duration offset() {
    long max = Math.min(1_500, world.kind.skewMax().toMillis());
    return Duration.ofMillis(random.nextLong(2 * max + 1) - max);
  }

  private SimDoor anyDoor() {
    return world.door(Town.DOOR_IDS.get(random.nextInt(Town.DOOR_IDS.size())));
  }

  private Grant anyGrant() {
    return world.grants.get(random.nextInt(world.grants.size()));
  }

  private Duration span(int millisecondsMax) {
    return over ? Duration.ofMillis(1) : Duration.ofMillis(1L + random.nextInt(millisecondsMax));
  }
}
