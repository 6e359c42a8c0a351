package io.vestibule.store;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits between attempts: each twice the last up to a limit, and half of it by chance. */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private long nextMs = FIRST.toMillis();

  /** In milliseconds. Chance keeps the loops of many gateways from returning in one instant. */
  long next() {
    long waitMs = nextMs / 2 + ThreadLocalRandom.current().nextLong(nextMs / 2 + 1);
    nextMs = Math.min(nextMs * 2, LONGEST.toMillis());
    return Math.max(1, waitMs);
  }

  void reset() {
    nextMs = FIRST.toMillis();
  }
}
