package io.vestibule.door;

import io.vestibule.concurrent.LoopConfined;
import io.vestibule.config.Rate;
import io.vestibule.time.Time;

/** So many at once, and as many again spread over each stretch, on the monotonic clock. */
@LoopConfined
final class Allowance {
  private final Time time;
  private final int countMax;
  private final double perNano;
  private double left;
  private long lastNanos;

  /** Full at first. */
  Allowance(Rate rate, Time time) {
    this.time = time;
    this.countMax = rate.countMax();
    this.perNano = (double) rate.countMax() / rate.per().toNanos();
    this.left = rate.countMax();
    this.lastNanos = time.nanoTime();
  }

  /** Takes one; false when there is none. */
  boolean take() {
    long now = time.nanoTime();
    // Subtract before comparing: nanoTime may wrap.
    left = Math.min(countMax, left + (now - lastNanos) * perNano);
    lastNanos = now;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
