package io.vestibule.load.faults;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What is done later, or again and again, until the run is over; its bugs end the run. */
final class Timers implements AutoCloseable {
  private static final int THREADS = 2;

  private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(THREADS);
  private final Queue<RuntimeException> bugs = new ConcurrentLinkedQueue<>();

  @SuppressWarnings("FutureReturnValueIgnored") // What fails is kept.
  void in(int ms, Runnable work) {
    executor.schedule(guarded(work), ms, TimeUnit.MILLISECONDS);
  }

  /** Steadily, catching up after a pause. */
  @SuppressWarnings("FutureReturnValueIgnored") // What fails is kept.
  void every(long nanos, Runnable work) {
    executor.scheduleAtFixedRate(guarded(work), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Fails with the first bug so far. */
  void check() {
    RuntimeException bug = bugs.peek();
    if (bug != null) {
      throw bug;
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  private Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException e) {
        bugs.add(e);
      }
    };
  }
}
