package io.vestibule.load.traffic;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/**
 * When requests are due: at random and independent of each other (a Poisson process), at a rate
 * that may change with time.
 */
public final class Arrivals {
  private static final double NANOS_PER_SECOND = 1e9;

  private final DoubleUnaryOperator perSecond;
  private final Random random;
  private double atSeconds;

  /**
   * @param perSecond the rate by seconds since the start; above 0, and hardly changing from one
   *     arrival to the next
   */
  public Arrivals(DoubleUnaryOperator perSecond, long seed) {
    this.perSecond = perSecond;
    this.random = new Random(seed);
  }

  public static Arrivals steady(double perSecond, long seed) {
    return new Arrivals(seconds -> perSecond, seed);
  }

  /** Nanoseconds from the start to the next one. */
  public long next() {
    double gap = -Math.log1p(-random.nextDouble());
    atSeconds += gap / perSecond.applyAsDouble(atSeconds);
    return (long) (atSeconds * NANOS_PER_SECOND);
  }
}
