package io.vestibule.unlock;

import io.vestibule.access.Reason;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Meters;
import io.vestibule.metrics.Timing;
import io.vestibule.metrics.UnlockResult;
import io.vestibule.time.Deadline;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts, times and logs how each request ended. */
@AnyThread
final class UnlockMeter {
  private static final Logger LOG = LoggerFactory.getLogger(UnlockMeter.class);

  private final Meters meters;
  private final Duration life;

  /** {@code life} is what every deadline began with. */
  UnlockMeter(Meters meters, Duration life) {
    this.meters = meters;
    this.life = life;
  }

  void answered(Submission submission, Answer answer, Deadline deadline) {
    if (answer instanceof Answer.Underway underway) {
      LOG.debug(
          "unlock {} over {}, replayed: {}",
          underway.attempt().unlock(),
          submission.edge(),
          underway.replayed());
      underway
          .outcome()
          .onSuccess(
              outcome -> ended(submission.edge(), outcome.why(), underway.replayed(), deadline))
          .onFailure(
              failure ->
                  ended(
                      submission.edge(),
                      Optional.of(Reason.STORE_UNAVAILABLE),
                      underway.replayed(),
                      deadline));
    } else if (answer instanceof Answer.Denied denied) {
      LOG.debug(
          "door {} over {}: {}", submission.door(), submission.edge(), denied.reason().code());
      ended(submission.edge(), Optional.of(denied.reason()), false, deadline);
    }
  }

  private void ended(Edge edge, Optional<Reason> why, boolean replayed, Deadline deadline) {
    if (replayed) {
      meters.count(Count.UNLOCKS_REPLAYED, edge.code());
      return;
    }
    String outcome = why.map(UnlockResult::of).orElse(UnlockResult.OPENED).code();
    meters.count(Count.UNLOCKS, outcome, why.map(Reason::code).orElse("none"), edge.code());
    meters.took(Timing.UNLOCK_DURATION, life.minus(deadline.left()), outcome, edge.code());
  }
}
