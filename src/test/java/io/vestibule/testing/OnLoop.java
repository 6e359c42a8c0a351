package io.vestibule.testing;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** An event loop on which a test runs what may only run on one, and waits for the answer. */
public final class OnLoop {
  private static final long WAIT_SECONDS = 20;

  private final Context context;

  /** Another loop each time, in turn. */
  public OnLoop(Vertx vertx) {
    this.context = ((VertxInternal) vertx).createEventLoopContext();
  }

  /** Runs the work and does not wait. */
  public <T> CompletableFuture<T> start(Supplier<Future<T>> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    context.runOnContext(
        nothing -> {
          try {
            work.get()
                .onComplete(
                    (value, cause) -> {
                      if (cause == null) {
                        answer.complete(value);
                      } else {
                        answer.completeExceptionally(cause);
                      }
                    });
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  public <T> T call(Supplier<Future<T>> work) {
    return await(start(work));
  }

  /** The failure of work that must fail. */
  public Throwable failureOf(Supplier<? extends Future<?>> work) {
    Throwable[] failure = new Throwable[1];
    call(
        () ->
            work.get()
                .transform(
                    done -> {
                      failure[0] = done.cause();
                      return Future.succeededFuture();
                    }));
    if (failure[0] == null) {
      throw new AssertionError("did not fail");
    }
    return failure[0];
  }

  /** The answer to what was started. */
  public static <T> T await(CompletableFuture<T> answer) {
    try {
      return answer.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
