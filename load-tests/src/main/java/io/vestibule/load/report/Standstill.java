package io.vestibule.load.report;

import java.util.List;
import java.util.Locale;

/**
 * How much this machine stood still though every core had work and nothing else was asked of it: no
 * latency measured on it can be held to less.
 *
 * @param percent of the time, in which a core ran nothing for more than a millisecond
 * @param worstMs the longest time in which one ran nothing
 */
public record Standstill(double percent, double worstMs) {
  private static final double NANOS_PER_MS = 1e6;

  /** Of readings on each core at the same time, at least one and each over some length. */
  public static Standstill of(List<ClockReadings> cores) {
    double still = cores.stream().mapToLong(ClockReadings::still).sum();
    double length = cores.stream().mapToLong(ClockReadings::length).sum();
    long longest = cores.stream().mapToLong(ClockReadings::longest).max().orElseThrow();
    return new Standstill(100 * still / length, longest / NANOS_PER_MS);
  }

  String text() {
    return String.format(
        Locale.ROOT,
        "with all cores busy and nothing else started, it stood still for %.1f %% of the time, at"
            + " worst for %.1f ms",
        percent,
        worstMs);
  }
}
