package io.vestibule.load.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The value in the middle; of an even number, the mean of the two. */
public final class Medians {
  private Medians() {}

  /** Not a number where there is none, or where one is not a number: it was not measured. */
  public static double of(List<Double> values) {
    if (values.isEmpty() || values.stream().anyMatch(value -> value.isNaN())) {
      return Double.NaN;
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  public static <T> double of(List<T> measured, ToDoubleFunction<T> value) {
    return of(measured.stream().map(value::applyAsDouble).toList());
  }
}
