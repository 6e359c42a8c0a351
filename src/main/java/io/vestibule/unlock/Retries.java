package io.vestibule.unlock;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vestibule.access.UnlockId;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.concurrent.Loop;
import io.vestibule.concurrent.Timers;
import io.vestibule.grant.Attempt;
import io.vestibule.grant.Claims;
import io.vestibule.grant.Outcome;
import io.vestibule.time.Deadline;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Answers a retry with what is on record, waiting for it while the first attempt is under way. */
@AnyThread
final class Retries {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  /** Past an attempt's deadline, whoever reads it closes it; this is how long that may take. */
  private static final Duration CLOSING = Duration.ofSeconds(4);

  private final Timers timers;
  private final Claims claims;
  private final Time time;
  private final Duration waitMax;
  // One look at an attempt for all that wait for it, so there are no more than attempts under way.
  private final ConcurrentMap<UnlockId, Future<Outcome>> looks = new ConcurrentHashMap<>();

  /**
   * @param waitMax of an attempt's time; a deadline further off is by a clock that is wrong
   */
  Retries(Timers timers, Claims claims, Time time, Duration waitMax) {
    this.timers = timers;
    this.claims = claims;
    this.time = time;
    this.waitMax = waitMax;
  }

  /**
   * The attempt's outcome once it has one, on the caller's context. Fails only with {@link
   * io.vestibule.store.StoreUnavailable}.
   */
  Future<Outcome> outcome(Attempt attempt) {
    if (attempt.outcome().isPresent()) {
      return Future.succeededFuture(attempt.outcome().get());
    }
    Promise<Outcome> look = Promise.promise();
    Future<Outcome> other = looks.putIfAbsent(attempt.unlock(), look.future());
    if (other != null) {
      return Loop.onCaller(other);
    }
    Future<Outcome> answer = poll(attempt, time.deadlineIn(wait(attempt)));
    answer.onComplete(
        ended -> {
          looks.remove(attempt.unlock());
          look.handle(ended);
        });
    return answer;
  }

  private Duration wait(Attempt attempt) {
    Duration due = Duration.between(time.now(), attempt.deadline());
    if (due.isNegative()) {
      return CLOSING;
    }
    return (due.compareTo(waitMax) < 0 ? due : waitMax).plus(CLOSING);
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
