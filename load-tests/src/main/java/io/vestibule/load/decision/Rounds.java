package io.vestibule.load.decision;

import java.util.ArrayList;
import java.util.List;

/**
 * A subject and its baseline, measured in turn. What disturbs the machine for a while disturbs both
 * sides of a round, so ratios are taken round by round.
 */
final class Rounds {
  private final List<Double> baselines = new ArrayList<>();
  private final List<Double> subjects = new ArrayList<>();
  private final List<Double> ratios = new ArrayList<>();

  /** From values in turn, a baseline's first. */
  static Rounds of(List<Double> inTurn) {
    Rounds rounds = new Rounds();
    for (int index = 0; index + 1 < inTurn.size(); index += 2) {
      rounds.add(inTurn.get(index), inTurn.get(index + 1));
    }
    return rounds;
  }

  void add(double baseline, double subject) {
    baselines.add(baseline);
    subjects.add(subject);
    ratios.add(subject / baseline);
  }

  double baseline() {
    return median(baselines);
  }

  double subject() {
    return median(subjects);
  }

  double ratio() {
    return median(ratios);
  }

  /** The mean of the two in the middle where the count is even; not a number where it is none. */
  private static double median(List<Double> values) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
