package io.vestibule.unlock;

import io.vestibule.access.Reason;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.grant.Outcome;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Meters;
import io.vestibule.time.Deadline;
import java.time.Duration;
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
          .onSuccess(outcome -> ended(word(outcome), underway.replayed(), deadline))
          .onFailure(
              failure -> ended(Reason.STORE_UNAVAILABLE.code(), underway.replayed(), deadline));
    } else if (answer instanceof Answer.Denied denied) {
      LOG.debug(
          "door {} over {}: {}", submission.door(), submission.edge(), denied.reason().code());
      ended(denied.reason().code(), false, deadline);
    }
  }

  private void ended(String outcome, boolean replayed, Deadline deadline) {
    if (replayed) {
      meters.count(Count.UNLOCKS_REPLAYED);
    } else {
      meters.count(Count.UNLOCKS, outcome);
      meters.unlockTook(life.minus(deadline.left()));
    }
  }

  private static String word(Outcome outcome) {
    return outcome.why().map(Reason::code).orElse(outcome.state());
  }
}
