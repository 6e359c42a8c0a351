package io.vestibule.unlock;

import io.vertx.core.Future;
import io.vestibule.access.BuildingPolicy;
import io.vestibule.access.Courier;
import io.vestibule.access.DoorId;
import io.vestibule.access.Premises;
import io.vestibule.access.Reason;
import io.vestibule.audit.AuditLog;
import io.vestibule.audit.AuditRecord;
import io.vestibule.audit.Denial;
import io.vestibule.audit.RecordType;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.directory.Directory;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Meters;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Puts on record who was refused at a door, before they are told. */
@AnyThread
final class Denials {
  private static final Duration RETRY_SOON = Duration.ofSeconds(1);

  private final Directory directory;
  private final AuditLog audit;
  private final Meters meters;
  private final Time time;

  Denials(Directory directory, AuditLog audit, Meters meters, Time time) {
    this.directory = directory;
    this.audit = audit;
    this.meters = meters;
    this.time = time;
  }

  /**
   * Who asked whom to open, by a good signature.
   *
   * @param premises those of the door that the request names
   */
  record Asked(
      SignedRequest request, Courier courier, Optional<Premises> premises, Submission submission) {}

  /**
   * The same answer, once its denial is on record; {@code store_unavailable} where it could not be
   * put there: whoever asks again is recorded then. Fails only on a bug.
   */
  Future<Answer> recorded(Asked asked, Future<Answer> answer) {
    return answer.compose(
        known ->
            known.match(
                underway -> Future.succeededFuture(known),
                denied ->
                    record(asked, denied.reason())
                        .map(known)
                        .recover(failure -> lost(failure, denied))));
  }

  private Future<Void> record(Asked asked, Reason reason) {
    if (reason == Reason.STORE_UNAVAILABLE) {
      meters.count(Count.DENIALS_LOST);
      return Future.succeededFuture(); // Nobody waits for a store that has just not answered.
    }
    Instant now = time.now();
    return home(asked)
        .compose(
            home ->
                home.map(policy -> append(denial(asked, policy, reason, now)))
                    .orElseGet(Future::succeededFuture));
  }

  /** The building of the door that was asked, which is where it happened; empty for no door. */
  private Future<Optional<BuildingPolicy>> home(Asked asked) {
    Optional<DoorId> door = asked.submission().door();
    Future<Optional<Premises>> premises =
        door.isEmpty() || door.get().equals(asked.request().door())
            ? Future.succeededFuture(door.isEmpty() ? Optional.empty() : asked.premises())
            : directory.premises(door.get());
    return premises.map(found -> found.map(there -> there.site().policy()));
  }

  private Future<Void> append(Denial denial) {
    return audit
        .append(denial)
        .onSuccess(
            own -> {
              if (!own) {
                meters.count(Count.DENIALS_SUPPRESSED);
              }
            })
        .mapEmpty();
  }

  /**
   * Without an unlock's id: nothing was claimed, and the id that the request's name leads to may be
   * that of another request, which it would seem to speak of.
   */
  private static Denial denial(Asked asked, BuildingPolicy home, Reason reason, Instant now) {
    Map<String, Object> data =
        Map.of(
            "courier", asked.courier().id().text(),
            "carrier", asked.courier().carrier().text(),
            "grant", asked.request().grant().text(),
            "reason", reason.code(),
            "edge", asked.submission().edge().code());
    return new Denial(
        new AuditRecord(
            RecordType.UNLOCK_DENIED, home.id(), asked.submission().door(), now, now, data),
        reason,
        home.retentionDays());
  }

  private Future<Answer> lost(Throwable failure, Answer.Denied denied) {
    if (!(failure instanceof StoreUnavailable)) {
      return Future.failedFuture(failure);
    }
    meters.count(Count.DENIALS_LOST);
    return Future.succeededFuture(
        new Answer.Denied(Reason.STORE_UNAVAILABLE, denied.jti(), RETRY_SOON));
  }
}
