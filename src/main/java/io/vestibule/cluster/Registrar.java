package io.vestibule.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.access.DoorId;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Meters;
import io.vestibule.store.Keys;
import io.vestibule.store.Reply;
import io.vestibule.store.Script;
import io.vestibule.store.Store;
import io.vestibule.store.StoreUnavailable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps in Redis which doors this node holds. It is told that a door came or went and looks then
 * what there is now: however often that changes, each door waits once and has one write under way.
 * Writes are bounded in number and rate, and go on when Redis comes back.
 */
@LoopConfined
final class Registrar {
  private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);
  private static final Script REGISTER = Script.load("door_register");
  private static final Script RELEASE = Script.load("door_release");

  static final int UNDERWAY_MAX = 64;

  /** 2,000 a second: as much as Redis does beside everything else. */
  static final int STARTS_PER_TICK = 20;

  private static final long TICK_MS = 10;
  private static final long TRY_AGAIN_MS = 250;

  /** Past it a registration is that of a node that is gone, or of one that Redis lost for long. */
  private static final Duration KEPT = Duration.ofHours(1);

  /** In each, every door is registered again: what Redis lost in a failover comes back. */
  private static final int ROUND_SECONDS = 300;

  /** Doors connected, or gone and not yet removed from Redis; more are found here alone. */
  private static final int HELD_MAX = 1_000_000;

  private final NodeName self;
  private final Vertx vertx;
  private final Store store;
  private final Meters meters;
  private final Sessions sessions;
  private final Moves moves;
  private final Map<DoorId, Held> byDoor = new HashMap<>();
  private final ArrayDeque<Held> queue = new ArrayDeque<>();
  private final ArrayDeque<DoorId> round = new ArrayDeque<>();

  /** Written on the loop, read on any. */
  private volatile int waitingCount;

  private int underwayCount;
  private int allowance = STARTS_PER_TICK;
  private int roundStep;
  private long roundTimer = -1;
  private boolean hurrying;
  private boolean starting;
  private boolean ticking;
  private boolean pausing;
  private boolean closed;

  /** Hears that a door's session was taken over from another node. */
  interface Moves {
    void takenFrom(NodeName earlier, DoorId door, long epoch);
  }

  /** What is known of a door that is, or was, connected here. */
  private static final class Held {
    final DoorId door;

    /** What is registered, under that epoch; none while nothing is known to be. */
    @Nullable Session session;

    long epoch;

    /** A try failed and may have been made: Redis may have another epoch of ours. */
    boolean unsure;

    boolean queued;
    boolean underway;

    Held(DoorId door) {
      this.door = door;
    }
  }

  /** What it stands on. */
  record Parts(Vertx vertx, Store store, Meters meters, Sessions sessions) {}

  Registrar(NodeName self, Parts parts, Moves moves) {
    this.self = self;
    this.vertx = parts.vertx();
    this.store = parts.store();
    this.meters = parts.meters();
    this.sessions = parts.sessions();
    this.moves = moves;
  }

  /** Registers every door again, a few each second, for as long as the node lives. */
  void start() {
    roundTimer = vertx.setPeriodic(1_000, second -> goRound());
  }

  void close() {
    closed = true;
    vertx.cancelTimer(roundTimer);
  }

  /** Doors that are not yet in Redis as they are. May be called from anywhere. */
  int waitingCount() {
    return waitingCount;
  }

  /** A session of the door began or ended. */
  void changed(DoorId door) {
    Held held = byDoor.get(door);
    if (held != null) {
      enqueue(held);
    } else if (sessions.find(door).isPresent()) {
      admit(door);
    }
  }

  /** The door is registered here in Redis, and another node found no session of it. */
  void stray(DoorId door) {
    if (!byDoor.containsKey(door)) {
      admit(door);
    }
  }

  /** Redis forgot this node, and so maybe everything. */
  void registerAll() {
    round.clear();
    round.addAll(sessions.connected());
    hurrying = true;
    pump();
  }

  /** Whether the epoch is that of a session here, or of one whose registration is under way. */
  boolean holds(DoorId door, long epoch) {
    Held held = byDoor.get(door);
    if (held == null) {
      return false;
    }
    return (held.session != null && held.epoch == epoch) || (held.underway && epoch > held.epoch);
  }

  /** The door has a session on another node, under that epoch. */
  void moved(DoorId door, long epoch) {
    Held held = byDoor.get(door);
    // What waits or is under way finds out by itself, and may be newer.
    if (held == null || held.queued || held.underway || held.epoch >= epoch) {
      return;
    }
    byDoor.remove(door);
    if (held.session != null) {
      sessions.takenOver(door, held.session);
    }
  }

  private void admit(DoorId door) {
    if (byDoor.size() >= HELD_MAX) {
      meters.count(Count.REGISTRATIONS_FAILED);
      return;
    }
    Held held = new Held(door);
    byDoor.put(door, held);
    enqueue(held);
  }

  private void goRound() {
    if (round.isEmpty()) {
      round.addAll(sessions.connected());
      roundStep = 1 + round.size() / ROUND_SECONDS;
    }
    goRound(roundStep);
  }

  private void goRound(int count) {
    for (int done = 0; done < count && !round.isEmpty(); done++) {
      changed(round.remove());
    }
    hurrying &= !round.isEmpty();
  }

  private void enqueue(Held held) {
    if (held.queued) {
      return;
    }
    held.queued = true;
    if (!held.underway) {
      queue.add(held);
    }
    pump();
  }

  private void pump() {
    if (starting) {
      return; // A future that completes at once comes back here: the loop below goes on.
    }
    starting = true;
    try {
      while (mayStart()) {
        allowance--;
        write(queue.remove());
      }
    } finally {
      starting = false;
    }
    waitingCount = queue.size() + underwayCount + (hurrying ? round.size() : 0);
    if (!ticking && !closed && (hurrying || !queue.isEmpty() || allowance < STARTS_PER_TICK)) {
      ticking = true;
      vertx.setTimer(TICK_MS, fired -> tick());
    }
  }

  private boolean mayStart() {
    return !closed && !pausing && allowance > 0 && underwayCount < UNDERWAY_MAX && !queue.isEmpty();
  }

  private void tick() {
    ticking = false;
    allowance = STARTS_PER_TICK;
    if (hurrying && queue.size() < STARTS_PER_TICK) {
      goRound(STARTS_PER_TICK);
    }
    pump();
  }

  private void write(Held held) {
    held.queued = false;
    held.underway = true;
    underwayCount++;
    Optional<Session> now = sessions.find(held.door);
    Future<Void> written = now.isPresent() ? register(held, now.get()) : release(held);
    written.onComplete((done, failure) -> ended(held, failure));
  }

  private Future<Void> register(Held held, Session session) {
    long epoch = held.session == session ? held.epoch : 0;
    return store
        .eval(
            REGISTER,
            List.of(Keys.place(held.door)),
            List.of(
                self.text(),
                Long.toString(epoch),
                Long.toString(session.since().toEpochMilli()),
                Long.toString(KEPT.toMillis())))
        .map(reply -> registered(held, session, reply.list()))
        .mapEmpty();
  }

  private Held registered(Held held, Session session, List<Reply> told) {
    if (told.get(0).number() == 0) {
      held.session = null;
      sessions.takenOver(held.door, session);
      return held;
    }
    held.session = session;
    held.unsure = false;
    held.epoch = told.get(1).number();
    NodeName.parse(told.get(2).text())
        .filter(earlier -> !earlier.equals(self))
        .ifPresent(earlier -> moves.takenFrom(earlier, held.door, held.epoch));
    return held;
  }

  private Future<Void> release(Held held) {
    long epoch = held.session == null || held.unsure ? 0 : held.epoch;
    return store
        .eval(RELEASE, List.of(Keys.place(held.door)), List.of(self.text(), Long.toString(epoch)))
        .onSuccess(removed -> held.session = null)
        .mapEmpty();
  }

  private void ended(Held held, @Nullable Throwable failure) {
    held.underway = false;
    underwayCount--;
    if (failure != null) {
      failed(held, failure);
    }
    if (held.queued) {
      queue.add(held);
    } else if (held.session == null) {
      byDoor.remove(held.door);
    }
    pump();
  }

  /** A value that is not ours stays: asked again it would say the same. */
  private void failed(Held held, Throwable failure) {
    meters.count(Count.REGISTRATIONS_FAILED);
    held.unsure = true;
    if (failure instanceof StoreUnavailable outage && !outage.ofTheValue()) {
      held.queued = true;
      pause();
    } else if (!(failure instanceof StoreUnavailable)) {
      LOG.error("door {} is not registered", held.door, failure);
    }
  }

  private void pause() {
    if (!pausing) {
      pausing = true;
      vertx.setTimer(TRY_AGAIN_MS, fired -> goOn());
    }
  }

  private void goOn() {
    pausing = false;
    pump();
  }
}
