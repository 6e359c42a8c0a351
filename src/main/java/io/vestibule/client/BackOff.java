package io.vestibule.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits that double up to a bound, each drawn from the upper half so that doors spread out. */
final class BackOff {
  private static final long FIRST_MS = 500;
  private static final long LAST_MS = 30_000;

  private final RandomGenerator random;
  private long nextMs = FIRST_MS;

  BackOff(RandomGenerator random) {
    this.random = random;
  }

  Duration next() {
    long boundMs = nextMs;
    nextMs = Math.min(LAST_MS, nextMs * 2);
    return Duration.ofMillis(boundMs / 2 + random.nextLong(boundMs / 2));
  }

  void reset() {
    nextMs = FIRST_MS;
  }
}
