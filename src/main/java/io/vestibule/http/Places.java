package io.vestibule.http;

import io.vestibule.concurrent.AnyThread;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A bounded count of places, of which no holder has more than a share: a quarter, or eight. */
@AnyThread
final class Places {
  private static final int SHARE_MIN = 8;
  private static final int HOLDERS = 4;

  private final int countMax;
  private final int shareMax;
  private final AtomicInteger count = new AtomicInteger();
  // One for each place that is taken at the most.
  private final ConcurrentMap<String, Integer> byHolder = new ConcurrentHashMap<>();

  Places(int countMax) {
    this.countMax = countMax;
    this.shareMax = Math.max(SHARE_MIN, countMax / HOLDERS);
  }

  /** False where there is none, or none for this holder. */
  boolean take(String holder) {
    if (count.incrementAndGet() > countMax) {
      count.decrementAndGet();
      return false;
    }
    if (byHolder.merge(holder, 1, Integer::sum) > shareMax) {
      leave(holder);
      return false;
    }
    return true;
  }

  /** Once for each time that {@link #take} was true. */
  void leave(String holder) {
    byHolder.computeIfPresent(holder, (same, held) -> held == 1 ? null : held - 1);
    count.decrementAndGet();
  }
}
