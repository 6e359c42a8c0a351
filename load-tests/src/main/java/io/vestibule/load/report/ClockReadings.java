package io.vestibule.load.report;

/** What one thread that does nothing but read the clock was kept from. */
public final class ClockReadings {
  /** Shorter is how long a kernel takes for its own work. */
  private static final long STILL_ABOVE_NANOS = 1_000_000;

  private final long first;
  private long last;
  private long still;
  private long longest;

  /**
   * Begins with a reading.
   *
   * @param first in nanoseconds of any origin
   */
  public ClockReadings(long first) {
    this.first = first;
    this.last = first;
  }

  /** The next reading, which is not before the last. */
  public void read(long nanos) {
    long gap = nanos - last;
    last = nanos;
    longest = Math.max(longest, gap);
    if (gap > STILL_ABOVE_NANOS) {
      still += gap;
    }
  }

  /** From the first reading to the last, in nanoseconds. */
  long length() {
    return last - first;
  }

  /** Of that, between readings more than a millisecond apart. */
  long still() {
    return still;
  }

  long longest() {
    return longest;
  }
}
