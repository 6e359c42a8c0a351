package io.vestibule.unlock;

import io.vertx.core.Future;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.concurrent.Timers;
import io.vestibule.grant.Attempt;
import io.vestibule.grant.Claims;
import io.vestibule.grant.Outcome;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Gauge;
import io.vestibule.metrics.Meters;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.time.Deadline;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts outcomes on record. Whoever waits is told of an outage by the attempt's deadline; what
 * became of the door is kept for a minute longer, since once it is forgotten the attempt can only
 * be closed as unknown.
 */
@AnyThread
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);
  private static final Duration AGAIN = Duration.ofMillis(50);
  private static final Duration LATE_AGAIN = Duration.ofMillis(500);
  private static final Duration LATE_MAX = Duration.ofMinutes(1);

  private final Timers timers;
  private final Claims claims;
  private final Meters meters;
  private final Time time;
  private final int lateCountMax;
  private final AtomicInteger lateCount = new AtomicInteger();

  /** What it stands on. */
  record Parts(Timers timers, Claims claims, Meters meters, Time time) {}

  /**
   * @param lateCountMax outcomes kept past their deadlines; one more is given up at once
   */
  Closing(Parts parts, int lateCountMax) {
    this.timers = parts.timers();
    this.claims = parts.claims();
    this.meters = parts.meters();
    this.time = parts.time();
    this.lateCountMax = lateCountMax;
    meters.gauge(Gauge.AUDIT_BACKLOG, lateCount::get, "outcome");
  }

  /**
   * Puts an outcome on record; the first on record stands.
   *
   * @return the outcome on record; fails only with {@link StoreUnavailable}, once the deadline has
   *     passed
   */
  Future<Outcome> close(Attempt attempt, Outcome outcome, Deadline deadline) {
    return claims
        .close(attempt, outcome)
        .recover(
            failure -> {
              if (!(failure instanceof StoreUnavailable outage)) {
                return Future.failedFuture(failure);
              }
              if (outage.ofTheValue()) {
                meters.count(Count.OUTCOMES_LOST); // Asking again changes nothing.
                return Future.failedFuture(failure);
              }
              if (deadline.passed()) {
                keep(attempt, outcome);
                return Future.failedFuture(failure);
              }
              return timers.after(AGAIN).compose(later -> close(attempt, outcome, deadline));
            });
  }

  private void keep(Attempt attempt, Outcome outcome) {
    if (lateCount.incrementAndGet() > lateCountMax) {
      giveUp();
    } else {
      closeLate(attempt, outcome, time.deadlineIn(LATE_MAX));
    }
  }

  private void closeLate(Attempt attempt, Outcome outcome, Deadline end) {
    timers
        .after(LATE_AGAIN)
        .compose(later -> claims.close(attempt, outcome))
        .onSuccess(closed -> lateCount.decrementAndGet())
        .onFailure(
            failure -> {
              if (failure instanceof StoreUnavailable && !end.passed()) {
                closeLate(attempt, outcome, end);
              } else {
                lost(attempt, failure);
              }
            });
  }

  private void lost(Attempt attempt, Throwable failure) {
    if (!(failure instanceof StoreUnavailable)) {
      LOG.error("unlock {} could not be closed", attempt.unlock(), failure);
    }
    giveUp();
  }

  /** The sweep will close it as unknown. */
  private void giveUp() {
    lateCount.decrementAndGet();
    meters.count(Count.OUTCOMES_LOST);
  }
}
