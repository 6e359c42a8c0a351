package io.vestibule.load.traffic;

import java.time.Duration;

/** What became of requests that were never sent, for tests of what is made of it. */
public final class Tallies {
  private static final long NANOS_PER_MS = 1_000_000;

  private Tallies() {}

  /** So many that opened, each within so many milliseconds. */
  public static PhaseTally opened(int count, long milliseconds) {
    PhaseTally tally = new PhaseTally(Duration.ofSeconds(1), 0);
    for (int number = 0; number < count; number++) {
      tally.due(0);
      tally.opened(0, milliseconds * NANOS_PER_MS);
    }
    return tally;
  }

  /** So many that opened, within a millisecond, and so many that did not. */
  public static PhaseTally openedAndFailed(int openedCount, int failedCount) {
    PhaseTally tally = opened(openedCount, 1);
    for (int number = 0; number < failedCount; number++) {
      tally.due(0);
    }
    tally.failed("door_offline", failedCount, 0);
    return tally;
  }
}
