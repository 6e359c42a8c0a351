package io.vestibule.time;

import java.time.Duration;

/** The end of a wait on the monotonic clock; made once at the edge and passed down. */
public final class Deadline {
  private final Time time;
  private final long atNanos;

  Deadline(Time time, long atNanos) {
    this.time = time;
    this.atNanos = atNanos;
  }

  /** What is left, zero once it has passed. */
  public Duration left() {
    // Subtract before comparing: nanoTime may wrap.
    return Duration.ofNanos(Math.max(0, atNanos - time.nanoTime()));
  }

  public boolean passed() {
    return atNanos - time.nanoTime() <= 0;
  }

  /** What is left, but no more than {@code most}. */
  public Duration leftAtMost(Duration most) {
    Duration left = left();
    return left.compareTo(most) < 0 ? left : most;
  }
}
