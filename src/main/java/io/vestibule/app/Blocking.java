package io.vestibule.app;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for futures on the main thread and the shutdown hook, the two that may. */
final class Blocking {
  private static final Logger LOG = LoggerFactory.getLogger(Blocking.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private Blocking() {}

  /** What cannot start says itself which port or file it is, and why. */
  static <T> T await(Future<T> future, Duration limit) throws CommandFailed {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new CommandFailed(String.valueOf(cause.getMessage()));
    } catch (TimeoutException e) {
      throw new CommandFailed("not done within " + limit.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("interrupted");
    }
  }

  /** Waits for an end; one that fails is logged and holds nothing up. */
  static void quietly(String what, Future<Void> end) {
    quietly(what, end, STOP_TIMEOUT);
  }

  /** The same, for no longer than the limit. */
  static void quietly(String what, Future<Void> end, Duration limit) {
    try {
      await(end, limit);
    } catch (CommandFailed e) {
      LOG.warn("{} did not close cleanly: {}", what, e.getMessage());
    }
  }
}
