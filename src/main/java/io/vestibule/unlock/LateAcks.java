package io.vestibule.unlock;

import io.vertx.core.Future;
import io.vestibule.access.Building;
import io.vestibule.access.Reason;
import io.vestibule.audit.AuditLog;
import io.vestibule.audit.AuditRecord;
import io.vestibule.audit.RecordType;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.concurrent.Timers;
import io.vestibule.directory.Directory;
import io.vestibule.grant.Attempt;
import io.vestibule.grant.Claims;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.time.Deadline;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Puts on record what a door says of an attempt that had already ended, unless its record has it.
 */
@AnyThread
final class LateAcks {
  private static final String OPENED = "opened";
  private static final Duration TRY_AGAIN = Duration.ofMillis(500);
  private static final Duration TRIED_MAX = Duration.ofMinutes(1);

  private final Timers timers;
  private final Directory directory;
  private final Claims claims;
  private final AuditLog audit;
  private final Time time;

  LateAcks(Timers timers, Directory directory, Claims claims, AuditLog audit, Time time) {
    this.timers = timers;
    this.directory = directory;
    this.claims = claims;
    this.audit = audit;
    this.time = time;
  }

  /**
   * Completes once it is on record, or names no attempt at that door. Tried for a minute; fails
   * only with {@link StoreUnavailable}.
   */
  Future<Void> record(LateAck ack) {
    return record(ack, time.deadlineIn(TRIED_MAX));
  }

  private Future<Void> record(LateAck ack, Deadline end) {
    return claims
        .attempt(ack.unlock())
        .map(found -> found.filter(attempt -> attempt.where().door().equals(ack.door())))
        .compose(
            found ->
                found
                    .filter(attempt -> !known(attempt, ack))
                    .map(attempt -> append(attempt, ack))
                    .orElseGet(Future::succeededFuture))
        .recover(
            failure ->
                failure instanceof StoreUnavailable && !end.passed()
                    ? timers.after(TRY_AGAIN).compose(later -> record(ack, end))
                    : Future.failedFuture(failure));
  }

  /** The door says again what its attempt ended with. */
  private static boolean known(Attempt attempt, LateAck ack) {
    boolean opened = ack.result().equals(OPENED);
    return attempt
        .outcome()
        .map(
            outcome ->
                outcome.match(
                    once -> opened,
                    refused -> !opened && refused.reason() == Reason.DOOR_REFUSED,
                    unknown -> false))
        .orElse(false);
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

  /** Each result once: a door that says it again fills no log. */
  private Future<Void> append(Building building, Attempt attempt, LateAck ack) {
    String name = "late_ack:" + ack.unlock() + ":" + ack.result();
    return audit.appendOnce(building, note(attempt, ack), name).mapEmpty();
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
