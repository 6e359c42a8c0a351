package io.vestibule.door;

import io.vestibule.concurrent.AnyThread;
import io.vestibule.config.Rate;
import io.vestibule.time.Time;
import java.util.concurrent.atomic.AtomicLong;

/** So many at once, and as many again spread over each stretch, on the monotonic clock. */
@AnyThread
final class Allowance {
  private final Time time;
  private final long eachNanos;
  private final long allNanos;

  /** When all that was taken will have come back. */
  private final AtomicLong wholeAtNanos;

  /** Whole at first. */
  Allowance(Rate rate, Time time) {
    this.time = time;
    this.eachNanos = rate.per().toNanos() / rate.countMax();
    this.allNanos = eachNanos * rate.countMax();
    this.wholeAtNanos = new AtomicLong(time.nanoTime());
  }

  /** Takes one; false when there is none. */
  boolean take() {
    while (true) {
      long now = time.nanoTime();
      long wholeAt = wholeAtNanos.get();
      // Subtract before comparing: nanoTime may wrap.
      long takenNanos = Math.max(0, wholeAt - now) + eachNanos;
      if (takenNanos > allNanos) {
        return false;
      }
      if (wholeAtNanos.compareAndSet(wholeAt, now + takenNanos)) {
        return true;
      }
    }
  }

  /** Whether it is as good as a new one. */
  boolean whole() {
    return wholeAtNanos.get() - time.nanoTime() <= 0;
  }
}
