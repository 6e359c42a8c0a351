package io.vestibule.load.report;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How often something was, by why. */
public record Reasons(Map<String, Integer> counts) {
  /** Of all of them together. */
  public int sum() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** One for each, without a unit, in their order. */
  public List<Figure> figures(String measure, Function<String, Figure.Subject> subject) {
    return counts.entrySet().stream()
        .map(entry -> subject.apply(entry.getKey()).figure(measure, "", (double) entry.getValue()))
        .toList();
  }
}
