package io.vestibule.time;

import java.time.Duration;
import java.time.Instant;

/**
 * The clocks of this process: the wall's for what is signed and recorded, the monotonic for waits.
 */
public interface Time {
  /** The wall clock; it may step either way. */
  Instant now();

  /** Nanoseconds on a clock that only moves forward; comparable only by subtraction. */
  long nanoTime();

  /** A deadline that far from now, on the monotonic clock. */
  default Deadline deadlineIn(Duration wait) {
    return new Deadline(this, nanoTime() + wait.toNanos());
  }

  /** The clocks of the machine. */
  static Time system() {
    return SystemTime.INSTANCE;
  }
}
