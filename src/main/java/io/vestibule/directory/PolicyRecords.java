package io.vestibule.directory;

import io.vertx.core.Future;
import io.vestibule.access.Building;
import io.vestibule.access.DoorId;
import io.vestibule.audit.AuditLog;
import io.vestibule.audit.AuditRecord;
import io.vestibule.audit.RecordType;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.concurrent.Timers;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts on record who changed a building or one of its doors, once for each change. */
@AnyThread
final class PolicyRecords {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyRecords.class);
  private static final int TRIES_MAX = 3;
  private static final Duration TRY_AGAIN = Duration.ofMillis(200);

  private final Timers timers;
  private final AuditLog audit;
  private final Time time;

  PolicyRecords(Timers timers, AuditLog audit, Time time) {
    this.timers = timers;
    this.audit = audit;
    this.time = time;
  }

  /**
   * Completes once it is on record; tried a few times, for the change itself is made.
   *
   * @param door empty when the building itself was changed
   */
  Future<Void> changed(Building building, Optional<DoorId> door, String change, String by) {
    Instant now = time.now();
    String what = door.isPresent() ? "door" : "building";
    AuditRecord record =
        new AuditRecord(
            RecordType.POLICY_CHANGED,
            building.id(),
            door,
            now,
            now,
            Map.of("what", what, "change", change, "by", by));
    // Named, so that a try whose reply was lost is not recorded twice.
    return append(building, record, "policy:" + UUID.randomUUID(), TRIES_MAX);
  }

  private Future<Void> append(Building building, AuditRecord record, String name, int triesLeft) {
    return audit
        .appendOnce(building, record, name)
        .<Void>mapEmpty()
        .recover(
            failure -> {
              if (!(failure instanceof StoreUnavailable)) {
                return Future.failedFuture(failure);
              }
              if (triesLeft == 1) {
                LOG.error("a change of building {} is not on record: {}", building.id(), record);
                return Future.failedFuture(failure);
              }
              return timers
                  .after(TRY_AGAIN)
                  .compose(later -> append(building, record, name, triesLeft - 1));
            });
  }
}
