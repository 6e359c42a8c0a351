package io.vestibule.load.faults;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What has begun and not ended: up to so many, and no more begins. */
final class UnderWay {
  private final int max;
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger turnedAwayCount = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  UnderWay(int max) {
    this.max = max;
  }

  /** Where there is no room it is only counted. */
  void begin(Supplier<CompletableFuture<Void>> work) {
    if (count.incrementAndGet() > max) {
      count.decrementAndGet();
      turnedAwayCount.incrementAndGet();
      return;
    }
    try {
      work.get().whenComplete((done, failed) -> ended(failed));
    } catch (RuntimeException e) {
      ended(e);
      throw e;
    }
  }

  /** Whether all has ended; fails with the first that could not. */
  boolean none() {
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("what was under way failed", failed);
    }
    return count.get() == 0;
  }

  int turnedAwayCount() {
    return turnedAwayCount.get();
  }

  private void ended(@Nullable Throwable failed) {
    if (failed != null) {
      failure.compareAndSet(null, failed);
    }
    count.decrementAndGet();
  }
}
