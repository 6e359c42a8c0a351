package io.vestibule.unlock;

import io.vertx.core.Future;
import io.vestibule.access.AccessRequest;
import io.vestibule.access.Courier;
import io.vestibule.access.Decision;
import io.vestibule.access.Policy;
import io.vestibule.access.Premises;
import io.vestibule.access.Reason;
import io.vestibule.command.Doors;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.directory.FactFinder;
import io.vestibule.directory.Facts;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.time.Time;
import java.time.Instant;
import java.util.Optional;

/**
 * Verifies a request and decides on it: everything before the claim, in the order of the reasons.
 */
@AnyThread
final class Vetting {
  private final FactFinder facts;
  private final Doors doors;
  private final Time time;

  Vetting(FactFinder facts, Doors doors, Time time) {
    this.facts = facts;
    this.doors = doors;
    this.time = time;
  }

  /** An unavailable store proves nothing: the request stays untrusted. Fails only on a bug. */
  Future<Vetted> vet(Journey journey) {
    journey.enter(Stage.VERIFY);
    return RequestParser.parse(journey.submission().request().getBytes())
        .match(
            parsed -> vet(parsed, journey),
            refused ->
                Future.succeededFuture(new Vetted.Untrusted(refused.reason(), refused.jti())));
  }

  private Future<Vetted> vet(RequestResult.Parsed parsed, Journey journey) {
    SignedRequest request = parsed.request();
    Optional<Facts> known = facts.known(request.courier(), request.door());
    if (known.isPresent()) {
      return judge(parsed, journey, known.get());
    }
    return facts
        .find(request.courier(), request.door())
        .compose(found -> judge(parsed, journey, found))
        .recover(
            failure ->
                failure instanceof StoreUnavailable
                    ? Future.succeededFuture(
                        new Vetted.Untrusted(Reason.STORE_UNAVAILABLE, Optional.of(request.jti())))
                    : Future.failedFuture(failure));
  }

  private Future<Vetted> judge(RequestResult.Parsed parsed, Journey journey, Facts facts) {
    SignedRequest request = parsed.request();
    Optional<Reason> distrust =
        parsed.verify(facts.courier().flatMap(entry -> entry.key(request.kid())));
    if (distrust.isPresent()) {
      return Future.succeededFuture(
          new Vetted.Untrusted(distrust.get(), Optional.of(request.jti())));
    }
    journey.enter(Stage.DECIDE);
    Courier courier = facts.courier().orElseThrow().courier();
    return judge(new Proven(request, courier, facts.premises(), journey.submission()))
        .onComplete(judged -> journey.leave());
  }

  private Future<Vetted> judge(Proven proven) {
    Instant now = time.now();
    Optional<Premises> premises = proven.premises();
    Optional<Reason> elsewhere =
        proven.elsewhere() ? Optional.of(Reason.WRONG_DOOR) : Optional.empty();
    Optional<Reason> early = proven.request().validity(now).or(() -> elsewhere);
    if (early.isPresent() || premises.isEmpty()) {
      return Future.succeededFuture(proven.refused(early.orElse(Reason.UNKNOWN_DOOR)));
    }
    AccessRequest asked = new AccessRequest(proven.courier(), proven.request().geo(), now);
    return Policy.decide(asked, premises.get())
        .match(
            granted -> reached(proven, premises.get(), granted),
            denied -> Future.succeededFuture(proven.refused(denied.reason())));
  }

  /** A door of this node is found at once; where another has it, only Redis knows. */
  private Future<Vetted> reached(Proven proven, Premises here, Decision.Granted granted) {
    Future<Boolean> online = doors.online(here.door().id());
    if (online.succeeded()) {
      return Future.succeededFuture(reached(proven, here, granted, online.result()));
    }
    return online
        .map(found -> reached(proven, here, granted, found))
        .recover(
            failure ->
                failure instanceof StoreUnavailable
                    ? Future.succeededFuture(proven.refused(Reason.STORE_UNAVAILABLE))
                    : Future.failedFuture(failure));
  }

  private static Vetted reached(
      Proven proven, Premises here, Decision.Granted granted, boolean online) {
    return online
        ? new Vetted.Cleared(proven.request(), proven.courier(), here, granted.requireParcel())
        : proven.refused(Reason.DOOR_OFFLINE);
  }

  /** A request with a good signature, what is known of it, and how it came in. */
  private record Proven(
      SignedRequest request, Courier courier, Optional<Premises> premises, Submission submission) {
    Vetted refused(Reason reason) {
      return new Vetted.Refused(new Denials.Asked(request, courier, premises, submission), reason);
    }

    boolean elsewhere() {
      return !submission.door().equals(Optional.of(request.door()));
    }
  }
}
