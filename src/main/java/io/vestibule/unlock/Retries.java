package io.vestibule.unlock;

import io.vertx.core.Future;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.concurrent.Timers;
import io.vestibule.grant.Attempt;
import io.vestibule.grant.Claims;
import io.vestibule.grant.Outcome;
import io.vestibule.time.Deadline;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.Optional;

/** Answers a retry with what is on record, waiting for it while the first attempt is under way. */
@AnyThread
final class Retries {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  /** Past an attempt's deadline, whoever reads it closes it; this is how long that may take. */
  private static final Duration CLOSING = Duration.ofSeconds(4);

  private final Timers timers;
  private final Claims claims;
  private final Time time;

  Retries(Timers timers, Claims claims, Time time) {
    this.timers = timers;
    this.claims = claims;
    this.time = time;
  }

  /**
   * The attempt's outcome once it has one. Fails only with {@link
   * io.vestibule.store.StoreUnavailable}.
   */
  Future<Outcome> outcome(Attempt attempt) {
    if (attempt.outcome().isPresent()) {
      return Future.succeededFuture(attempt.outcome().get());
    }
    Duration due = Duration.between(time.now(), attempt.deadline()).plus(CLOSING);
    Duration bounded = due.compareTo(CLOSING) < 0 ? CLOSING : due;
    return poll(attempt, time.deadlineIn(bounded));
  }

  private Future<Outcome> poll(Attempt attempt, Deadline deadline) {
    return timers
        .after(LOOK_AGAIN)
        .compose(later -> claims.attempt(attempt.unlock()))
        .compose(
            found -> {
              Optional<Outcome> outcome = found.flatMap(Attempt::outcome);
              if (outcome.isPresent()) {
                return Future.succeededFuture(outcome.get());
              }
              // A record that is gone, or that nobody closes in time: the door may have opened.
              return found.isEmpty() || deadline.passed()
                  ? Future.succeededFuture(new Outcome.Unknown(time.now()))
                  : poll(attempt, deadline);
            });
  }
}
