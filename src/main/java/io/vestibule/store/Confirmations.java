package io.vestibule.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vestibule.concurrent.LoopConfined;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds back the replies to writes of one connection until they are where they must be. One
 * question is under way at a time; what is written meanwhile shares the next.
 */
@LoopConfined
final class Confirmations {
  private final Confirming by;
  private final Duration atMost;
  private final Function<Request, Future<Response>> connection;
  private @Nullable Promise<Void> underway;
  private @Nullable Promise<Void> next;

  /**
   * @param connection sends on the one connection; fails what it has not answered when it ends
   */
  Confirmations(Confirming by, Duration atMost, Function<Request, Future<Response>> connection) {
    this.by = by;
    this.atMost = atMost;
    this.connection = connection;
  }

  /** Fails with what the write fails with, or as not durable; then it may have been made. */
  Future<Response> send(Request write) {
    Future<Response> written = connection.apply(write);
    if (by == Confirming.NOTHING) {
      return written;
    }
    Future<Void> confirmed = confirmed();
    return written.compose(reply -> confirmed.map(reply));
  }

  /** A question that is under way was sent before the write, and says nothing of it. */
  private Future<Void> confirmed() {
    if (underway == null) {
      return ask(Promise.promise());
    }
    Promise<Void> shared = next == null ? Promise.promise() : next;
    next = shared;
    return shared.future();
  }

  private Future<Void> ask(Promise<Void> confirmation) {
    underway = confirmation;
    connection
        .apply(by.ask(atMost))
        .onComplete((answer, failure) -> answered(confirmation, answer, failure));
    return confirmation.future();
  }

  private void answered(
      Promise<Void> confirmation, @Nullable Response answer, @Nullable Throwable failure) {
    Promise<Void> waiting = next;
    underway = null;
    next = null;
    if (failure != null) {
      confirmation.fail(failure);
      if (waiting != null) {
        waiting.fail(failure);
      }
      return;
    }
    if (waiting != null) {
      ask(waiting);
    }
    if (answer != null && by.given(answer)) {
      confirmation.complete();
    } else {
      confirmation.fail(new LinkFailure(FailureCause.NOT_DURABLE, "not confirmed in " + atMost));
    }
  }
}
