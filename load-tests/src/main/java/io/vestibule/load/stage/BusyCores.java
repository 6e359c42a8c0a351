package io.vestibule.load.stage;

import io.vestibule.load.report.ClockReadings;
import io.vestibule.load.report.Standstill;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A thread for each core that reads the clock all the time: what this machine can do at best. */
public final class BusyCores {
  /** Until the loop is compiled, which would take a core from it. */
  private static final Duration WARM_UP = Duration.ofMillis(100);

  private BusyCores() {}

  /** Returns after that length, and little more. */
  public static Standstill watch(Duration length) throws CannotRun {
    all(WARM_UP);
    return Standstill.of(all(length));
  }

  private static List<ClockReadings> all(Duration length) throws CannotRun {
    int cores = Runtime.getRuntime().availableProcessors();
    ExecutorService threads = Executors.newFixedThreadPool(cores);
    Callable<ClockReadings> busy = () -> readings(length);
    try {
      List<ClockReadings> readings = new ArrayList<>();
      for (Future<ClockReadings> one : threads.invokeAll(Collections.nCopies(cores, busy))) {
        readings.add(one.get());
      }
      return readings;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted");
    } catch (ExecutionException e) {
      throw new AssertionError("a clock cannot fail", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static ClockReadings readings(Duration length) {
    long start = System.nanoTime();
    ClockReadings readings = new ClockReadings(start);
    long now;
    do {
      now = System.nanoTime();
      readings.read(now);
    } while (now - start < length.toNanos());
    return readings;
  }
}
