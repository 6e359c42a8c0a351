package io.vestibule.load.decision;

import io.vestibule.load.report.Medians;
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
    return Medians.of(baselines);
  }

  double subject() {
    return Medians.of(subjects);
  }

  double ratio() {
    return Medians.of(ratios);
  }
}
