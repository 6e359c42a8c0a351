package io.vestibule.load.traffic;

import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A phase in parts that are short enough for signed requests, which live for a minute: the first is
 * signed on all cores before it starts, each other by one thread while the one before it runs.
 */
final class Segments implements AutoCloseable {
  private static final Duration LENGTH = Duration.ofSeconds(20);

  private final Traffic.Phase phase;
  private final Itinerary itinerary;
  private final Queue<Segment> signed = new ConcurrentLinkedQueue<>();
  private final Semaphore wanted = new Semaphore(1);
  private final Thread signing = new Thread(this::sign, "sign-requests");
  private final int count;
  private long nextDue;
  private int takenCount;

  Segments(Traffic.Phase phase, Itinerary itinerary) {
    this.phase = phase;
    this.itinerary = itinerary;
    this.count = (int) ((phase.length().toNanos() + LENGTH.toNanos() - 1) / LENGTH.toNanos());
    this.nextDue = phase.arrivals().next();
    long[] due = due(0);
    signed.add(new Segment(due, SignedRequests.make(itinerary, due.length)));
  }

  /**
   * Goes on to sign, if there is more.
   *
   * @param failure told where signing ends before its time
   */
  void begin(Consumer<Throwable> failure) {
    if (count > 1) {
      signing.setDaemon(true);
      signing.setUncaughtExceptionHandler((thread, thrown) -> failure.accept(thrown));
      signing.start();
    }
  }

  /** The next one, or none where it is not signed yet; always on the same thread. */
  @Nullable Segment poll() {
    Segment next = signed.poll();
    // The first was signed before; each after it calls for one more.
    if (next != null && takenCount++ > 0) {
      wanted.release();
    }
    return next;
  }

  /** Whether there is none after those that were taken. */
  boolean allTaken() {
    return takenCount == count;
  }

  @Override
  public void close() {
    signing.interrupt();
    for (Segment left = signed.poll(); left != null; left = signed.poll()) {
      left.close();
    }
  }

  private void sign() {
    try {
      for (int index = 1; index < count; index++) {
        wanted.acquire();
        long[] due = due(index);
        signed.add(new Segment(due, SignedRequests.makeAlone(itinerary, due.length)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long[] due(int index) {
    long end = Math.min(phase.length().toNanos(), (index + 1) * LENGTH.toNanos());
    long[] due = new long[1_024];
    int dueCount = 0;
    for (; nextDue < end; nextDue = phase.arrivals().next()) {
      if (dueCount == due.length) {
        due = Arrays.copyOf(due, dueCount * 2);
      }
      due[dueCount++] = nextDue;
    }
    return Arrays.copyOf(due, dueCount);
  }
}
