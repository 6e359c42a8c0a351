package io.vestibule.load.unlock;

import java.util.OptionalDouble;

/**
 * The highest rate that keeps a bound, by trying: in large steps up until one breaks it, or down
 * until one keeps it, then between the two, until they are close.
 */
final class RateSearch {
  private static final double UP = 1.5;
  private static final double DOWN = 0.5;
  private static final double CLOSE = 1.05;

  private final double min;
  private final double max;
  private double next;
  private double kept;
  private double broken = Double.POSITIVE_INFINITY;

  /** Tries the first rate first, and none below the least or above the greatest. */
  RateSearch(double min, double first, double max) {
    this.min = min;
    this.next = Math.min(max, Math.max(min, first));
    this.max = max;
  }

  /** The rate to try next; none when the search is over. */
  OptionalDouble next() {
    boolean over = broken <= min || kept >= max || broken / kept <= CLOSE;
    return over ? OptionalDouble.empty() : OptionalDouble.of(next);
  }

  /** How the rate that was tried did. */
  void tried(boolean keptTheBound) {
    if (keptTheBound) {
      kept = next;
    } else {
      broken = next;
    }
    next = following();
  }

  /** The highest that kept it; 0 where none did. */
  double found() {
    return kept;
  }

  private double following() {
    if (Double.isInfinite(broken)) {
      return Math.min(max, kept * UP);
    }
    return kept == 0 ? Math.max(min, broken * DOWN) : Math.sqrt(kept * broken);
  }
}
