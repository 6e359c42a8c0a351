package io.vestibule.door;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vestibule.access.Building;
import io.vestibule.access.DoorId;
import io.vestibule.audit.AuditLog;
import io.vestibule.audit.AuditRecord;
import io.vestibule.audit.RecordType;
import io.vestibule.cluster.Whereabouts;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Meters;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One loop's online and offline records, stored a few at a time however many doors drop at once,
 * each door's in order. While the store is away they wait.
 */
@LoopConfined
final class PresenceLog {
  private static final Logger LOG = LoggerFactory.getLogger(PresenceLog.class);
  private static final int UNDERWAY_MAX = 16;

  /** A loop's doors going and coming back; beyond it the store has been away for long. */
  private static final int WAITING_MAX = 40_000;

  private static final long STORE_AGAIN_MS = 250;

  private record Change(RecordType type, DoorId door, Instant at, String name) {}

  private final Vertx vertx;
  private final Homes homes;
  private final AuditLog audit;
  private final Meters meters;
  private final Time time;
  private final Whereabouts whereabouts;
  private final ArrayDeque<Change> waiting = new ArrayDeque<>();

  /** The doors with a record under way: the next of such a door waits for it. */
  private final Set<DoorId> underway = new HashSet<>();

  private final Promise<Void> emptied = Promise.promise();
  private final AtomicInteger backlog;
  private int toldCount;
  private boolean starting;
  private boolean pausing;
  private boolean ending;

  /**
   * @param backlog what waits or is under way on all loops together
   */
  PresenceLog(Vertx vertx, Homes homes, DoorServer.Parts parts, AtomicInteger backlog) {
    this.vertx = vertx;
    this.homes = homes;
    this.audit = parts.audit();
    this.meters = parts.meters();
    this.time = parts.time();
    this.whereabouts = parts.whereabouts();
    this.backlog = backlog;
  }

  /** Never fails; what cannot wait is lost and counted. */
  void record(RecordType type, DoorId door) {
    if (waiting.size() + underway.size() >= WAITING_MAX) {
      meters.count(Count.DOOR_PRESENCE_LOST);
      return;
    }
    waiting.add(new Change(type, door, time.now(), "presence:" + UUID.randomUUID()));
    startNext();
  }

  /** Completes once all are stored, or after so long: what is left then is lost and counted. */
  Future<Void> end(Duration waitMax) {
    ending = true;
    long timer = vertx.setTimer(waitMax.toMillis(), fired -> giveUp());
    endIfEmpty();
    return emptied.future().onSuccess(stored -> vertx.cancelTimer(timer));
  }

  private void startNext() {
    if (starting) {
      return; // A future that completes at once comes back here: the loop below goes on.
    }
    starting = true;
    while (!pausing && underway.size() < UNDERWAY_MAX && nextIsFree()) {
      Change change = waiting.remove();
      underway.add(change.door());
      store(change).onComplete((done, failure) -> ended(change, failure));
    }
    starting = false;
    tellBacklog();
    endIfEmpty();
  }

  private void tellBacklog() {
    int count = waiting.size() + underway.size();
    backlog.addAndGet(count - toldCount);
    toldCount = count;
  }

  private boolean nextIsFree() {
    return !waiting.isEmpty() && !underway.contains(waiting.element().door());
  }

  private Future<Void> store(Change change) {
    return change.type() == RecordType.DOOR_OFFLINE
        ? whereabouts
            .movedBy(change.door(), change.at())
            // A connection that ends late is no news of a door that has another.
            .compose(moved -> moved ? Future.succeededFuture() : append(change))
        : append(change);
  }

  private Future<Void> append(Change change) {
    return homes.of(change.door()).compose(building -> append(building, change));
  }

  private Future<Void> append(Optional<Building> building, Change change) {
    return building.isEmpty()
        ? Future.succeededFuture()
        // Named, so that a try whose reply was lost is not recorded twice.
        : audit
            .appendOnce(
                building.get(),
                new AuditRecord(
                    change.type(),
                    building.get().id(),
                    Optional.of(change.door()),
                    change.at(),
                    change.at(),
                    Map.of()),
                change.name())
            .mapEmpty();
  }

  private void ended(Change change, @Nullable Throwable failure) {
    underway.remove(change.door());
    if (failure instanceof StoreUnavailable outage && !outage.ofTheValue()) {
      // Before any later one of the same door, for there was only this one under way.
      waiting.addFirst(change);
      pause();
    } else if (failure != null) {
      LOG.error("{} of door {} is not on record", change.type(), change.door(), failure);
      meters.count(Count.DOOR_PRESENCE_LOST);
    }
    startNext();
  }

  private void pause() {
    if (!pausing) {
      pausing = true;
      vertx.setTimer(STORE_AGAIN_MS, fired -> goOn());
    }
  }

  private void goOn() {
    pausing = false;
    startNext();
  }

  private void endIfEmpty() {
    if (ending && waiting.isEmpty() && underway.isEmpty()) {
      emptied.tryComplete();
    }
  }

  private void giveUp() {
    waiting.forEach(lost -> meters.count(Count.DOOR_PRESENCE_LOST));
    underway.forEach(lost -> meters.count(Count.DOOR_PRESENCE_LOST));
    waiting.clear();
    tellBacklog();
    emptied.tryComplete();
  }
}
