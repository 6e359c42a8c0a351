package io.vestibule.command;

import io.vertx.core.Future;
import io.vestibule.cluster.Recall;
import io.vestibule.cluster.Said;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.concurrent.Timers;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.time.Deadline;
import io.vestibule.time.Time;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said to a recall that cannot be granted, over and over until somebody hears it: an asker
 * who does not learn that the door may open reports that it does not. After a failover this node's
 * own line may lead to where nobody listens, or be made anew.
 */
@LoopConfined
final class SignsOfLife {
  private static final Logger LOG = LoggerFactory.getLogger(SignsOfLife.class);
  private static final Duration EVERY = Duration.ofMillis(50);

  /** Longer than an asker waits for it, the second try included. */
  private static final Duration WITHIN = Duration.ofSeconds(2);

  /** Others are said once: 20,000 messages a second are enough. */
  static final int REPEATED_MAX = 1_000;

  private final RemoteCommands.Answers answers;
  private final Timers timers;
  private final Time time;
  private int repeatedCount;

  SignsOfLife(RemoteCommands.Answers answers, Timers timers, Time time) {
    this.answers = answers;
    this.timers = timers;
    this.time = time;
  }

  void give(Recall recall) {
    say(recall)
        .onSuccess(
            heard -> {
              if (!heard && repeatedCount < REPEATED_MAX) {
                repeatedCount++;
                repeat(recall, time.deadlineIn(WITHIN));
              }
            });
  }

  private void repeat(Recall recall, Deadline end) {
    timers
        .after(EVERY)
        .compose(nothing -> say(recall))
        .onSuccess(
            heard -> {
              if (heard || end.passed()) {
                repeatedCount--;
              } else {
                repeat(recall, end);
              }
            });
  }

  private Future<Boolean> say(Recall recall) {
    return answers
        .answer(recall.from(), recall.answer(Said.UNDERWAY, time.now()))
        .otherwise(failure -> unheard(recall, failure));
  }

  /** Nobody is known to have heard it, so it is said again. */
  private static boolean unheard(Recall recall, Throwable failure) {
    if (!(failure instanceof StoreUnavailable)) {
      LOG.error("the word on unlock {} met a bug", recall.unlock(), failure);
    }
    return false;
  }
}
