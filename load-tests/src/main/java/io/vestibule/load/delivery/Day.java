package io.vestibule.load.delivery;

import java.util.List;

/**
 * A model of how a city's deliveries spread over a day, and not a measurement of any: next to
 * nothing at night, a steep morning, the peak from 10 to 14 h, a dip, and a second peak in the
 * evening.
 */
final class Day {
  static final int HOURS = 24;

  /** At the full hours, as a share of the peak; in between it runs straight. */
  private static final double[] SHARE = {
    0.02, 0.01, 0.01, 0.01, 0.01, 0.02, 0.06, 0.20, 0.50, 0.80, 1.00, 1.00,
    1.00, 1.00, 1.00, 0.80, 0.65, 0.70, 0.85, 0.80, 0.50, 0.25, 0.10, 0.04,
  };

  private Day() {}

  /** A stretch of the day, from the first hour up to the last. */
  record Part(String name, double fromHour, double untilHour) {}

  static final List<Part> PARTS =
      List.of(
          new Part("night, 0 to 6 h", 0, 6),
          new Part("morning, 6 to 10 h", 6, 10),
          new Part("peak, 10 to 14 h", 10, 14),
          new Part("afternoon, 14 to 17 h", 14, 17),
          new Part("evening, 17 to 20 h", 17, 20),
          new Part("late, 20 to 24 h", 20, HOURS));

  /** At that hour of the day, as a share of the peak: above 0, and 1 at most. */
  static double share(double hour) {
    double within = Math.max(0, Math.min(hour, Math.nextDown((double) HOURS)));
    int full = (int) within;
    double next = SHARE[(full + 1) % HOURS];
    return SHARE[full] + (next - SHARE[full]) * (within - full);
  }

  /** As a share of what would come if all the day were the peak. */
  static double mean() {
    double sum = 0;
    for (double share : SHARE) {
      sum += share;
    }
    return sum / HOURS;
  }
}
