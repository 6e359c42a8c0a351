package io.vestibule.unlock;

import io.vertx.core.Future;
import io.vestibule.access.Building;
import io.vestibule.audit.AuditLog;
import io.vestibule.audit.AuditRecord;
import io.vestibule.audit.RecordType;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.directory.Directory;
import io.vestibule.grant.Attempt;
import io.vestibule.grant.Claims;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.time.Time;
import java.util.Map;
import java.util.Optional;

/** Puts on record what a door first said of an attempt that had already ended. */
@AnyThread
final class LateAcks {
  private final Directory directory;
  private final Claims claims;
  private final AuditLog audit;
  private final Time time;

  LateAcks(Directory directory, Claims claims, AuditLog audit, Time time) {
    this.directory = directory;
    this.claims = claims;
    this.audit = audit;
    this.time = time;
  }

  /** Fails only on a bug: an outage loses the note, not the attempt's outcome. */
  Future<Void> record(LateAck ack) {
    return claims
        .attempt(ack.unlock())
        .map(found -> found.filter(attempt -> attempt.where().door().equals(ack.door())))
        .compose(
            found -> found.map(attempt -> append(attempt, ack)).orElseGet(Future::succeededFuture))
        .recover(
            failure ->
                failure instanceof StoreUnavailable
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure));
  }

  private Future<Void> append(Attempt attempt, LateAck ack) {
    return directory
        .building(attempt.where().building())
        .compose(
            building ->
                building
                    .map(there -> append(there, attempt, ack))
                    .orElseGet(Future::succeededFuture));
  }

  /** Once for each attempt: a door that says it again fills no log. */
  private Future<Void> append(Building building, Attempt attempt, LateAck ack) {
    return audit.appendOnce(building, note(attempt, ack), "late_ack:" + ack.unlock()).mapEmpty();
  }

  private AuditRecord note(Attempt attempt, LateAck ack) {
    return new AuditRecord(
        RecordType.UNLOCK_LATE_ACK,
        attempt.where().building(),
        Optional.of(ack.door()),
        ack.at(),
        time.now(),
        Map.of("unlock", ack.unlock().text(), "result", ack.result()));
  }
}
