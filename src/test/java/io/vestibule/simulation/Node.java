package io.vestibule.simulation;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.UnlockId;
import io.vestibule.audit.RedisAuditLog;
import io.vestibule.command.CommandResult;
import io.vestibule.command.CommandSigner;
import io.vestibule.command.Doors;
import io.vestibule.command.Presence;
import io.vestibule.command.UnlockCommand;
import io.vestibule.concurrent.Timers;
import io.vestibule.config.Rate;
import io.vestibule.config.UnlockConfig;
import io.vestibule.directory.CourierEntry;
import io.vestibule.directory.Directory;
import io.vestibule.directory.FactFinder;
import io.vestibule.directory.Facts;
import io.vestibule.directory.Guesses;
import io.vestibule.directory.RedisDirectory;
import io.vestibule.grant.Claims;
import io.vestibule.grant.RedisClaims;
import io.vestibule.grant.RedisGrants;
import io.vestibule.grant.Sweep;
import io.vestibule.metrics.Meters;
import io.vestibule.store.Store;
import io.vestibule.tracing.Tracing;
import io.vestibule.unlock.Answer;
import io.vestibule.unlock.Edge;
import io.vestibule.unlock.LateAck;
import io.vestibule.unlock.Submission;
import io.vestibule.unlock.UnlockFlow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One gateway's life, from its start until it is killed: the real unlock path on simulated legs.
 */
final class Node implements Doors {
  static final UnlockConfig CONFIG =
      new UnlockConfig(
          Duration.ofSeconds(8), Duration.ofSeconds(5), 100, new Rate(6, Duration.ofSeconds(30)));
  private static final Duration SWEEP_ROUND = Duration.ofSeconds(10);

  /** One for all: to make the series anew for each seed would take longer than to run it. */
  static final SimpleMeterRegistry REGISTRY = new SimpleMeterRegistry();

  private static final Meters METERS = new Meters(REGISTRY);

  final NodeClock clock;
  final UnlockFlow flow;
  final RedisGrants grants;
  final Store link;
  private final String name;
  private final World world;

  // While it lives.
  private final Map<DoorId, Integer> sessions = new HashMap<>();
  private final Map<UnlockId, Promise<CommandResult>> pending = new HashMap<>();
  private boolean alive = true;
  private Duration pausedUntil = Duration.ZERO;
  private int troubleCount;

  Node(String name, World world, Duration offset) {
    this.name = name;
    this.world = world;
    this.clock = new NodeClock(world.agenda, offset);
    this.link = new NodeLink(world, this);
    this.grants = new RedisGrants(link, clock);
    RedisDirectory directory = new RedisDirectory(link, clock, new Guesses());
    Claims claims =
        world.checker.watched(
            this,
            world.variant.claims(
                new RedisClaims(link, clock, CONFIG.ratePerDoor(), () -> {}), world));
    this.flow =
        new UnlockFlow(
            new UnlockFlow.Parts(
                timers(),
                directory,
                new Uncached(directory),
                claims,
                world.variant.doors(this),
                new CommandSigner(Town.GATEWAY, "vestibule"),
                new RedisAuditLog(link),
                METERS,
                Tracing.off(),
                clock),
            CONFIG);
    sweep();
  }

  private void sweep() {
    RedisClaims claims =
        new RedisClaims(link, world.variant.sweepsBy(clock), CONFIG.ratePerDoor(), () -> {});
    Sweep.Chore chore =
        new Sweep.Chore(
            "overdue",
            shard ->
                world.shards.contains(shard)
                    ? claims.closeOverdue(shard)
                    : Future.succeededFuture(0));
    new Sweep(new Sweep.Parts(timers(), METERS, clock), SWEEP_ROUND, List.of(chore)).start();
  }

  boolean alive() {
    return alive;
  }

  /** Nothing that was under way here goes on. */
  void kill() {
    alive = false;
    troubled();
    world.trace.note(this + " is killed");
  }

  /** Everything here waits until then. */
  void pause(Duration length) {
    pausedUntil = world.agenda.now().plus(length);
    troubled();
    if (length.compareTo(CONFIG.deadline()) > 0) {
      troubled(); // Whatever was under way here is over its time by then.
    }
    world.trace.note(this + " stands still for " + length);
  }

  /** Something befell this node, or one of its calls. */
  void troubled() {
    troubleCount++;
  }

  int troubleCount() {
    return troubleCount;
  }

  /** Does the work here after that long, unless this node has died by then. */
  void deliver(Duration after, Runnable work) {
    world.agenda.after(after, () -> run(work));
  }

  private void run(Runnable work) {
    if (!alive) {
      return;
    }
    if (world.agenda.now().compareTo(pausedUntil) < 0) {
      world.agenda.at(pausedUntil, () -> run(work));
    } else {
      work.run();
    }
  }

  Future<Answer> submit(Request request) {
    return flow.unlock(
        new Submission(Edge.HTTP, Optional.of(request.door()), Buffer.buffer(request.bytes())));
  }

  void connected(DoorId door, int connection) {
    deliver(Duration.ofMillis(1), () -> sessions.put(door, connection));
  }

  /** Only the connection that ended: a newer one stays. */
  void disconnected(DoorId door, int connection) {
    sessions.remove(door, connection);
  }

  void acked(DoorId door, UnlockId unlock, String result, Instant at) {
    Promise<CommandResult> waiting = pending.remove(unlock);
    if (waiting == null) {
      world.happened.count("late ack");
      flow.lateAck(new LateAck(door, unlock, result, at)).onFailure(world::bug);
    } else {
      waiting.complete(
          result.equals("opened")
              ? new CommandResult.Opened(at)
              : new CommandResult.Refused(Optional.empty()));
    }
  }

  @Override
  public Future<Boolean> online(DoorId door) {
    return Future.succeededFuture(sessions.containsKey(door));
  }

  @Override
  public Future<Presence> presence(DoorId door) {
    return Future.succeededFuture(Presence.offline());
  }

  @Override
  public Future<CommandResult> send(UnlockCommand command) {
    Integer connection = sessions.get(command.door());
    if (connection == null) {
      return Future.succeededFuture(new CommandResult.Unsent(CommandResult.Unsent.Cause.OFFLINE));
    }
    if (pending.containsKey(command.unlock())) {
      // Redis forgot the attempt and its bytes were claimed anew: the edge sends no id twice.
      return Future.succeededFuture(new CommandResult.Unknown());
    }
    world.trace.note(this + " commands " + command.door() + " to open for " + command.unlock());
    world.checker.commanded(this, command);
    Promise<CommandResult> answer = Promise.promise();
    pending.put(command.unlock(), answer);
    deliver(command.ackTimeout(), () -> silent(command.unlock(), answer));
    world.door(command.door()).command(connection, command, clock.now());
    command.written().run();
    return answer.future();
  }

  private void silent(UnlockId unlock, Promise<CommandResult> answer) {
    if (pending.remove(unlock, answer)) {
      answer.complete(new CommandResult.Unknown());
    }
  }

  @Override
  public void disconnect(DoorId door) {
    throw new UnsupportedOperationException("no door is deleted here");
  }

  Timers timers() {
    return wait -> {
      Promise<Void> over = Promise.promise();
      deliver(wait, over::complete);
      return over.future();
    };
  }

  @Override
  public String toString() {
    return name;
  }

  /** Reads Redis each time, as a gateway does that is not told of changes. */
  private record Uncached(Directory directory) implements FactFinder {
    @Override
    public Optional<Facts> known(CourierId courier, DoorId door) {
      return Optional.empty();
    }

    @Override
    public Future<Facts> find(CourierId courier, DoorId door) {
      Future<Optional<CourierEntry>> who = directory.courier(courier);
      var where = directory.premises(door);
      return Future.join(who, where).map(both -> Facts.of(who.result(), where.result()));
    }
  }
}
