package io.vestibule.load.report;

import io.vestibule.load.report.Chart.Scale;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * An axis laid out: which values it goes from and to, which of them are marked, and how far along
 * each lies.
 */
record Ticks(Scale scale, double low, double high, List<Double> marks) {
  private static final int LINEAR_COUNT = 6;
  private static final int ALL_STEPS_DECADES_MAX = 3;
  private static final int[] STEPS = {1, 2, 5};
  private static final double HALF = 50;
  private static final MathContext LABEL_DIGITS = new MathContext(9);

  /** Covers all the values; those that are not numbers are not looked at. */
  static Ticks of(Scale scale, List<Double> values) {
    double[] finite =
        values.stream().mapToDouble(Double::doubleValue).filter(Double::isFinite).toArray();
    return switch (scale) {
      case LINEAR -> linear(finite);
      case LOGARITHMIC -> logarithmic(finite);
      case NINES -> nines(finite);
    };
  }

  /** How far along the axis the value lies, from 0 to 1; what is beyond an end lies at it. */
  double position(double value) {
    double at = (along(value) - along(low)) / (along(high) - along(low));
    return Math.min(Math.max(at, 0), 1);
  }

  /** As short as it can be said: no zero at the end of a fraction. */
  static String label(double value) {
    BigDecimal exact = new BigDecimal(value).round(LABEL_DIGITS).stripTrailingZeros();
    String format = "%,." + Math.max(0, exact.scale()) + "f";
    return String.format(Locale.ROOT, format, exact);
  }

  private double along(double value) {
    return switch (scale) {
      case LINEAR -> value;
      case LOGARITHMIC -> value <= 0 ? Double.NEGATIVE_INFINITY : Math.log10(value);
      case NINES -> value >= 100 ? Double.POSITIVE_INFINITY : -Math.log10(1 - value / 100);
    };
  }

  /** From 0, or from below it, to a round value. */
  private static Ticks linear(double[] values) {
    double least = Math.min(0, DoubleStream.of(values).min().orElse(0));
    double most = Math.max(0, DoubleStream.of(values).max().orElse(0));
    double step = most == least ? 1 : atLeast((most - least) / LINEAR_COUNT);
    long first = (long) Math.floor(least / step);
    long last = Math.max(first + 1, (long) Math.ceil(most / step));
    List<Double> marks = new ArrayList<>();
    for (long mark = first; mark <= last; mark++) {
      marks.add(mark * step);
    }
    return new Ticks(Scale.LINEAR, first * step, last * step, marks);
  }

  /** From one round value to another; a value of 0 or less lies at the lower end. */
  private static Ticks logarithmic(double[] values) {
    double least = DoubleStream.of(values).filter(value -> value > 0).min().orElse(1);
    double most = Math.max(least, DoubleStream.of(values).max().orElse(1));
    double low = atMost(least);
    double high = Math.max(atLeast(most), atLeast(low * 1.5));
    int first = (int) Math.floor(Math.log10(low) + 1e-9);
    int last = (int) Math.ceil(Math.log10(high) - 1e-9);
    int stepCount = last - first > ALL_STEPS_DECADES_MAX ? 1 : STEPS.length;
    List<Double> marks = new ArrayList<>();
    for (int power = first; power <= last; power++) {
      for (int step = 0; step < stepCount; step++) {
        marks.add(round(STEPS[step], power));
      }
    }
    marks.removeIf(mark -> mark < low || mark > high);
    return new Ticks(Scale.LOGARITHMIC, low, high, marks);
  }

  private static Ticks nines(double[] values) {
    double most = DoubleStream.of(values).filter(value -> value < 100).max().orElse(0);
    double high = Math.max(90, most);
    List<Double> marks = new ArrayList<>(List.of(0.0, HALF));
    for (double missing = 10; 100 - missing <= high + missing / 1e6; missing /= 10) {
      marks.add(100 - missing);
    }
    return new Ticks(Scale.NINES, 0, high, marks);
  }

  /** The smallest of 1, 2, 5, 10, 20, 50 and so on, downwards too, that is not below the value. */
  private static double atLeast(double value) {
    int power = (int) Math.floor(Math.log10(value) + 1e-9);
    for (int step : STEPS) {
      if (round(step, power) >= value * (1 - 1e-9)) {
        return round(step, power);
      }
    }
    return round(1, power + 1);
  }

  private static double atMost(double value) {
    int power = (int) Math.floor(Math.log10(value) + 1e-9);
    double most = round(1, power);
    for (int step : STEPS) {
      most = round(step, power) <= value * (1 + 1e-9) ? round(step, power) : most;
    }
    return most;
  }

  /** Exactly the double that one would write. */
  private static double round(int step, int power) {
    return new BigDecimal(step).scaleByPowerOfTen(power).doubleValue();
  }
}
