package io.vestibule.load.soak;

import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Medians;
import java.util.List;

/**
 * Whether what was sampled over time grew: the median of its last third beside that of its middle
 * one; the first is the warm-up.
 */
record Flatness(double middle, double last, double slack) {
  private static final double FACTOR = 1.05;

  /**
   * Of samples at even distances.
   *
   * @param slack what may come on top, in the samples' unit
   */
  static Flatness of(List<Double> samples, double slack) {
    int third = samples.size() / 3;
    return new Flatness(
        Medians.of(samples.subList(third, samples.size() - third)),
        Medians.of(samples.subList(samples.size() - third, samples.size())),
        slack);
  }

  double limit() {
    return middle * FACTOR + slack;
  }

  boolean flat() {
    return last <= limit();
  }

  List<Figure> figures(Figure.Subject subject, String unit) {
    return List.of(
        subject.figure("middle third", unit, middle),
        subject.figure("last third", unit, last, Bound.timing(limit())));
  }

  List<Figure> unbounded(Figure.Subject subject, String unit) {
    return List.of(
        subject.figure("middle third", unit, middle), subject.figure("last third", unit, last));
  }
}
