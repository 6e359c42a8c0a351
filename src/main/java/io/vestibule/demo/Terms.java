package io.vestibule.demo;

import java.time.Duration;

/** A grant's terms, its window relative to now. */
record Terms(Duration startsIn, Duration endsIn, int usesMax, int graceSeconds) {
  /** From a minute ago for an hour, one visit with five minutes of grace. */
  static Terms usual() {
    return new Terms(Duration.ofMinutes(-1), Duration.ofHours(1), 1, 300);
  }

  Terms window(Duration from, Duration to) {
    return new Terms(from, to, usesMax, graceSeconds);
  }

  Terms uses(int max, int grace) {
    return new Terms(startsIn, endsIn, max, grace);
  }
}
