package io.vestibule.door;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vestibule.access.Building;
import io.vestibule.access.DoorId;
import io.vestibule.audit.AuditLog;
import io.vestibule.audit.AuditRecord;
import io.vestibule.audit.RecordType;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Meters;
import io.vestibule.time.Time;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;

/**
 * One loop's online and offline records, stored a few at a time however many doors drop at once.
 */
@LoopConfined
final class PresenceLog {
  private static final int UNDERWAY_MAX = 16;

  /** A loop's doors going and coming back; beyond it the store has been away for long. */
  private static final int WAITING_MAX = 40_000;

  private record Change(RecordType type, DoorId door, Instant at) {}

  private final Homes homes;
  private final AuditLog audit;
  private final Meters meters;
  private final Time time;
  private final ArrayDeque<Change> waiting = new ArrayDeque<>();
  private int underwayCount;
  private boolean starting;

  PresenceLog(Homes homes, DoorServer.Parts parts) {
    this.homes = homes;
    this.audit = parts.audit();
    this.meters = parts.meters();
    this.time = parts.time();
  }

  /** Never fails; what cannot be stored is counted. */
  void record(RecordType type, DoorId door) {
    if (waiting.size() >= WAITING_MAX) {
      meters.count(Count.DOOR_PRESENCE_LOST);
      return;
    }
    waiting.add(new Change(type, door, time.now()));
    startNext();
  }

  private void startNext() {
    if (starting) {
      return; // A future that completes at once comes back here: the loop below goes on.
    }
    starting = true;
    while (underwayCount < UNDERWAY_MAX && !waiting.isEmpty()) {
      underwayCount++;
      store(waiting.remove()).onComplete(this::ended);
    }
    starting = false;
  }

  private Future<Void> store(Change change) {
    return homes.of(change.door()).compose(building -> append(building, change));
  }

  private Future<Void> append(Optional<Building> building, Change change) {
    return building.isEmpty()
        ? Future.succeededFuture()
        : audit.append(
            building.get(),
            new AuditRecord(
                change.type(),
                building.get().id(),
                Optional.of(change.door()),
                change.at(),
                change.at(),
                Map.of()));
  }

  private void ended(AsyncResult<Void> done) {
    underwayCount--;
    if (done.failed()) {
      meters.count(Count.DOOR_PRESENCE_LOST);
    }
    startNext();
  }
}
