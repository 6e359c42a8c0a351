package io.vestibule.simulation;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.access.BuildingId;
import io.vestibule.access.DoorId;
import io.vestibule.access.Status;
import io.vestibule.audit.RedisAuditLog;
import io.vestibule.directory.RedisRegistry;
import io.vestibule.grant.Grant;
import io.vestibule.grant.RedisGrants;
import io.vestibule.store.Keys;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.testing.SimRedisStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** One seed: two gateways, doors and couriers around one Redis, and all that befalls them. */
final class World {
  /** Until when things happen, and until when all of it must have come to its end. */
  static final Duration BUSY = Duration.ofSeconds(60);

  private static final Vertx VERTX = Vertx.vertx();

  final Agenda agenda = new Agenda();
  final Trace trace = new Trace(agenda);
  final SimServer server = new SimServer(agenda);
  final Set<Integer> shards = new HashSet<>();
  final Variant variant;
  final Happened happened;
  final Faults faults;
  final Kind kind;
  final Checker checker;
  final List<Grant> grants = new ArrayList<>();
  private final Map<DoorId, SimDoor> doors = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  final Chaos chaos;
  private final Couriers couriers;
  private Optional<AssertionError> failed = Optional.empty();

  /**
   * What a seed may do to its guarantees.
   *
   * @param forgets Redis may lose writes that it had acknowledged
   * @param skewMax how far a gateway's clock may be off, either way
   */
  record Kind(boolean forgets, Duration skewMax) {
    static Kind of(long seed) {
      return new Kind(
          seed % 4 == 3, seed % 8 == 5 ? Duration.ofSeconds(30) : Duration.ofMillis(1_500));
    }

    boolean clocksStep() {
      return skewMax.compareTo(Duration.ofSeconds(2)) > 0;
    }
  }

  World(long seed, Variant variant, Happened happened) {
    SplittableRandom random = new SplittableRandom(seed);
    this.variant = variant;
    this.happened = happened;
    this.kind = Kind.of(seed);
    this.faults = new Faults(random.split(), this);
    this.checker = new Checker(this);
    for (BuildingId building : Town.BUILDINGS) {
      shards.add(Integer.parseInt(Keys.shard(building), 16));
    }
    furnish(random.split());
    Town.DOOR_IDS.forEach(id -> doors.put(id, new SimDoor(id, this, random.split())));
    this.chaos = new Chaos(this, random.split());
    this.couriers = new Couriers(this, random.split());
    chaos.start();
    doors.values().stream()
        .sorted((one, other) -> one.id.text().compareTo(other.id.text()))
        .forEach(SimDoor::connect);
    couriers.start();
  }

  /** Runs until all is quiet; throws {@link Violation} where something is not as it must be. */
  void run() {
    Duration quiet = BUSY.plus(Duration.ofSeconds(45)).plus(kind.skewMax().multipliedBy(2));
    agenda.at(
        BUSY,
        () -> {
          faults.end();
          chaos.end();
        });
    while (agenda.step(quiet)) {
      checker.afterStep();
      failed.ifPresent(
          failure -> {
            throw failure;
          });
    }
    checker.atTheEnd();
  }

  /** Directly, as it was before anything began. */
  private void furnish(SplittableRandom random) {
    SimRedisStore store = new SimRedisStore(server.redis);
    NodeClock clock = new NodeClock(agenda, Duration.ZERO);
    RedisRegistry registry =
        new RedisRegistry(
            new RedisRegistry.Parts(
                VERTX, wait -> Future.succeededFuture(), store, new RedisAuditLog(store), clock),
            key -> {});
    Town.BUILDINGS.forEach(id -> done(registry.put(Town.building(id), "homes")));
    Town.DOOR_IDS.forEach(id -> done(registry.put(Town.door(id), Town.MANAGER, "homes")));
    Town.COURIERS.forEach(id -> done(registry.put(Town.courier(id, Status.ACTIVE))));
    RedisGrants kept = new RedisGrants(store, clock);
    for (int index = 0; index < 6; index++) {
      DoorId door = Town.DOOR_IDS.get(index % Town.DOOR_IDS.size());
      Grant grant =
          Town.grant(
              "grant-" + index,
              Town.COURIERS.get(index % Town.COURIERS.size()),
              door,
              Town.uses(random));
      done(kept.create(grant, Town.building(Town.DOORS.get(door)), "swift"));
      grants.add(grant);
    }
  }

  List<Node> nodes() {
    return nodes;
  }

  SimDoor door(DoorId id) {
    return doors.get(id);
  }

  Optional<Node> anyNode(SplittableRandom random) {
    List<Node> living = nodes.stream().filter(Node::alive).toList();
    return living.isEmpty()
        ? Optional.empty()
        : Optional.of(living.get(random.nextInt(living.size())));
  }

  /** The first counts: what is thrown below a future may be taken for its failure. */
  void fail(AssertionError failure) {
    failed = failed.or(() -> Optional.of(failure));
    throw failed.get();
  }

  void troubled(Throwable failure) {
    if (!(failure instanceof StoreUnavailable)) {
      bug(failure);
    }
  }

  void bug(Throwable bug) {
    fail(new Violation(this, "a bug: " + bug));
  }

  private static void done(Future<?> write) {
    if (!write.succeeded()) {
      throw new IllegalStateException("not furnished", write.cause());
    }
  }
}
