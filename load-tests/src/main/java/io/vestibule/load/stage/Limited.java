package io.vestibule.load.stage;

import io.vestibule.load.report.Result;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A scenario that is ended when its time is over, with every process that it has started. */
public final class Limited {
  /** What does not heed an end holds no other scenario up for longer. */
  private static final Duration END_LIMIT = Duration.ofSeconds(30);

  private final Scenario scenario;
  private final Stage stage;
  private final CountDownLatch ended = new CountDownLatch(1);

  private Limited(Scenario scenario, Stage stage) {
    this.scenario = scenario;
    this.stage = stage;
  }

  /** Its result; where it was too long, or was told to end, a line that says so. */
  public static Result run(Scenario scenario, Stage stage) throws CannotRun {
    return new Limited(scenario, stage).run();
  }

  private Result run() throws CannotRun {
    FutureTask<Result> task = new FutureTask<>(this::result);
    Thread thread = new Thread(task, "scenario");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(scenario.limit().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      end(task);
      throw new CannotRun(
          "did not end within %s; nothing was written".formatted(text(scenario.limit())));
    } catch (InterruptedException e) {
      end(task);
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted; nothing was written");
    } catch (ExecutionException e) {
      throw failure(Objects.requireNonNull(e.getCause()));
    }
  }

  private Result result() throws CannotRun {
    try {
      return scenario.run(stage);
    } finally {
      ended.countDown();
    }
  }

  private CannotRun failure(Throwable cause) {
    if (stage.started().wasInterrupted()) {
      return new CannotRun("interrupted; nothing was written");
    }
    if (cause instanceof CannotRun reason) {
      return reason;
    }
    if (cause instanceof RuntimeException bug) {
      throw bug;
    }
    throw new IllegalStateException("a scenario failed as none can", cause);
  }

  private void end(FutureTask<Result> task) throws CannotRun {
    task.cancel(true);
    stage.started().endAll();
    try {
      if (!ended.await(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        stage.progress().say("what was too long does not heed its end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String text(Duration limit) {
    return limit.toMinutes() > 0 ? limit.toMinutes() + " minutes" : limit.toMillis() + " ms";
  }
}
