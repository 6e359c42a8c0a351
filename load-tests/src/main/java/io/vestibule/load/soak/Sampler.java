package io.vestibule.load.soak;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Stage;
import io.vestibule.load.stage.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes samples at even distances, on a thread of its own, until it is ended. */
final class Sampler implements AutoCloseable {
  private static final Duration LAST_LIMIT = Duration.ofSeconds(60);
  private static final double NANOS_PER_SECOND = 1e9;

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Stage stage;
  private final Target target;
  private final Duration every;
  private final long start = System.nanoTime();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Future<List<Sample>> samples;

  Sampler(Stage stage, Target target, Duration every) {
    this.stage = stage;
    this.target = target;
    this.every = every;
    this.samples = thread.submit(this::sample);
  }

  /** All of them; fails where one could not be taken. */
  List<Sample> end() throws CannotRun {
    ended.countDown();
    try {
      return samples.get(LAST_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new CannotRun("no sample", e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new CannotRun("no sample within " + LAST_LIMIT.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted");
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private List<Sample> sample() throws CannotRun, InterruptedException {
    List<Sample> taken = new ArrayList<>();
    while (!ended.await(untilNext(taken.size() + 1), TimeUnit.NANOSECONDS)) {
      double second = (System.nanoTime() - start) / NANOS_PER_SECOND;
      Sample sample = Sample.take(stage.started(), target, second);
      stage
          .progress()
          .say(
              "after %.0f s: heap %.1f MB, direct %.1f MB, resident %.0f MB, %.0f files"
                  .formatted(
                      second, sample.heap(), sample.direct(), sample.resident(), sample.files()));
      taken.add(sample);
    }
    return taken;
  }

  /** In nanoseconds; not above 0 where it is due. */
  private long untilNext(int number) {
    return start + number * every.toNanos() - System.nanoTime();
  }
}
