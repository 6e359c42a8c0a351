package io.vestibule.unlock;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vestibule.access.Reason;
import io.vestibule.access.UnlockId;
import io.vestibule.audit.AuditLog;
import io.vestibule.command.CommandSigner;
import io.vestibule.command.Doors;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.concurrent.Loop;
import io.vestibule.concurrent.Timers;
import io.vestibule.config.UnlockConfig;
import io.vestibule.directory.Directory;
import io.vestibule.directory.FactFinder;
import io.vestibule.grant.Attempt;
import io.vestibule.grant.Claim;
import io.vestibule.grant.ClaimResult;
import io.vestibule.grant.Claims;
import io.vestibule.grant.Outcome;
import io.vestibule.metrics.Gauge;
import io.vestibule.metrics.Meters;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.time.Deadline;
import io.vestibule.time.Time;
import io.vestibule.tracing.Tracing;
import java.time.Instant;
import java.util.Optional;

/** Carries one unlock from its bytes to its outcome: vet, claim, command, close. */
@AnyThread
public final class UnlockFlow implements Unlocks {
  private final Claims claims;
  private final UnlockMeter meter;
  private final Time time;
  private final UnlockConfig config;
  private final Flights flights;
  private final Vetting vetting;
  private final Closing closing;
  private final Commanding commanding;
  private final Retries retries;
  private final LateAcks lateAcks;
  private final Denials denials;

  /** What the stages stand on. */
  public record Parts(
      Timers timers,
      Directory directory,
      FactFinder facts,
      Claims claims,
      Doors doors,
      CommandSigner signer,
      AuditLog audit,
      Meters meters,
      Tracing tracing,
      Time time) {}

  public UnlockFlow(Parts parts, UnlockConfig config) {
    this.claims = parts.claims();
    this.time = parts.time();
    this.meter = new UnlockMeter(parts.meters(), parts.tracing(), time);
    this.config = config;
    this.flights = new Flights(config.inFlightMax());
    this.vetting = new Vetting(parts.facts(), parts.doors(), time);
    this.closing =
        new Closing(
            new Closing.Parts(parts.timers(), claims, parts.meters(), time), config.inFlightMax());
    this.commanding =
        new Commanding(
            new Commanding.Parts(parts.directory(), parts.doors(), parts.signer(), closing, time),
            config);
    this.retries = new Retries(parts.timers(), claims, time, config.deadline());
    this.lateAcks = new LateAcks(parts.timers(), parts.directory(), claims, parts.audit(), time);
    this.denials = new Denials(parts.directory(), parts.audit(), parts.meters(), time);
    parts.meters().gauge(Gauge.UNLOCKS_IN_FLIGHT, flights::count);
    parts.meters().gauge(Gauge.UNLOCKS_IN_FLIGHT_MAX, config::inFlightMax);
  }

  @Override
  public Future<Answer> unlock(Submission submission) {
    Journey journey = meter.begin(submission);
    Deadline deadline = time.deadlineIn(config.deadline());
    // Before policy is looked at: where a door is, Redis may have to be asked after that.
    long lockdownsSeen = commanding.lockdownCount();
    return Future.succeededFuture(journey)
        .compose(vetting::vet)
        .compose(
            vetted ->
                vetted.match(
                    untrusted -> denied(untrusted.reason(), untrusted.jti()),
                    refused -> denials.recorded(refused.asked(), retryOrDeny(refused)),
                    cleared ->
                        denials.recorded(
                            cleared.asked(submission),
                            claimOnce(cleared, journey, deadline, lockdownsSeen))))
        .onComplete(journey::answered, bug -> journey.broke());
  }

  @Override
  public Future<Optional<Attempt>> find(UnlockId unlock) {
    return claims.attempt(unlock);
  }

  @Override
  public Future<Void> lateAck(LateAck ack) {
    return lateAcks.record(ack);
  }

  @Override
  public void lockdownChanged() {
    commanding.lockdownChanged();
  }

  @Override
  public int inFlightCount() {
    return flights.count();
  }

  /** What is refused now may be a retry of what was not: then the record is the answer. */
  private Future<Answer> retryOrDeny(Vetted.Refused refused) {
    if (refused.reason() == Reason.WRONG_DOOR) {
      return denied(Reason.WRONG_DOOR, jti(refused.request()));
    }
    return recordedOr(refused.request(), refused.reason())
        .map(
            answer ->
                // The signature names its door: at another one even a retry is out of place.
                refused.elsewhere() && answer instanceof Answer.Underway
                    ? Answer.Denied.of(Reason.WRONG_DOOR, jti(refused.request()))
                    : answer);
  }

  /** The answer to the attempt that these bytes made before, under way or on record; or denied. */
  private Future<Answer> recordedOr(SignedRequest request, Reason reason) {
    Optional<Future<Answer>> underway = flights.find(request.requestHash());
    if (underway.isPresent()) {
      return follow(underway.get());
    }
    return claims
        .attempt(request.courier(), request.jti())
        .map(
            found ->
                found
                    .filter(attempt -> attempt.requestHash().equals(request.requestHash()))
                    .map(attempt -> onRecord(attempt, request))
                    .orElseGet(() -> Answer.Denied.of(reason, jti(request))))
        .recover(failure -> failClosed(failure, jti(request)));
  }

  /** One claim for the same bytes, however often and on how many loops they arrive at once. */
  private Future<Answer> claimOnce(
      Vetted.Cleared cleared, Journey journey, Deadline deadline, long lockdownsSeen) {
    SignedRequest request = cleared.request();
    Promise<Answer> first = Promise.promise();
    Optional<Future<Answer>> underway = flights.join(request.requestHash(), first.future());
    if (underway.isPresent()) {
      return follow(underway.get());
    }
    Future<Answer> answer;
    if (flights.crowded()) {
      flights.land(request.requestHash());
      answer = recordedOr(request, Reason.OVERLOADED);
    } else {
      answer = claim(new Flight(cleared, journey, deadline, lockdownsSeen));
    }
    answer.onComplete(first);
    return answer;
  }

  private Future<Answer> claim(Flight flight) {
    UnlockId unlock =
        claims.unlockId(
            flight.cleared().premises().site().policy().id(),
            flight.request().courier(),
            flight.request().jti());
    Claim claim = flight.claim(unlock, time.now());
    flight.journey().enter(Stage.CLAIM);
    // A claim that throws is a bug like one that fails: either way the flight lands.
    return Future.succeededFuture(claim)
        .compose(claims::claim)
        .map(result -> claimed(flight, claim, result))
        .onFailure(failure -> abandon(flight, claim.attempt()))
        .recover(failure -> failClosed(failure, flight.jti()));
  }

  private Answer claimed(Flight flight, Claim claim, ClaimResult result) {
    flight.journey().leave();
    return result.match(
        claimed -> command(flight, claim.attempt()),
        onRecord -> landed(flight, onRecord(onRecord.attempt(), flight.request())),
        denied ->
            landed(flight, new Answer.Denied(denied.reason(), flight.jti(), denied.retryAfter())));
  }

  private Answer command(Flight flight, Attempt attempt) {
    Future<Outcome> outcome =
        commanding
            .run(
                new Commanding.Claimed(
                    attempt,
                    flight.cleared().premises().door(),
                    flight.journey(),
                    flight.deadline(),
                    flight.lockdownsSeen()))
            .onComplete(ended -> land(flight));
    return new Answer.Underway(attempt, flight.jti(), false, outcome);
  }

  /** The claim may have been made although its reply was lost; it was surely not commanded. */
  private void abandon(Flight flight, Attempt attempt) {
    flight.journey().leave();
    closing
        .close(
            attempt, new Outcome.Refused(Reason.STORE_UNAVAILABLE, time.now()), flight.deadline())
        .onComplete(ended -> land(flight));
  }

  private Answer landed(Flight flight, Answer answer) {
    land(flight);
    return answer;
  }

  private void land(Flight flight) {
    flights.land(flight.request().requestHash());
  }

  private Answer onRecord(Attempt attempt, SignedRequest request) {
    return new Answer.Underway(attempt, Optional.of(request.jti()), true, retries.outcome(attempt));
  }

  private static Future<Answer> follow(Future<Answer> first) {
    return Loop.onCaller(first)
        .map(
            answer ->
                answer.match(
                    underway ->
                        new Answer.Underway(
                            underway.attempt(),
                            underway.jti(),
                            true,
                            Loop.onCaller(underway.outcome())),
                    denied -> denied));
  }

  private static Future<Answer> denied(Reason reason, Optional<String> jti) {
    return Future.succeededFuture(Answer.Denied.of(reason, jti));
  }

  private static Optional<String> jti(SignedRequest request) {
    return Optional.of(request.jti());
  }

  private static Future<Answer> failClosed(Throwable failure, Optional<String> jti) {
    return failure instanceof StoreUnavailable
        ? denied(Reason.STORE_UNAVAILABLE, jti)
        : Future.failedFuture(failure);
  }

  /** One attempt on its way, on this node. */
  private record Flight(
      Vetted.Cleared cleared, Journey journey, Deadline deadline, long lockdownsSeen) {
    SignedRequest request() {
      return cleared.request();
    }

    Optional<String> jti() {
      return Optional.of(request().jti());
    }

    Claim claim(UnlockId unlock, Instant now) {
      return new Claim(
          unlock,
          request().requestHash(),
          new Claim.Who(cleared.courier().id(), cleared.courier().carrier()),
          new Claim.Where(
              cleared.premises().door().id(),
              cleared.premises().site().policy().id(),
              cleared.premises().site().policy().retentionDays()),
          request().grant(),
          request().parcel(),
          cleared.requireParcel(),
          now,
          now.plus(deadline.left()));
    }
  }
}
