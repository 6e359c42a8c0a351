package io.vestibule.load.unlock;

import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Medians;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.traffic.Stretch;
import java.util.ArrayList;
import java.util.List;

/**
 * What an unlock costs with few of something, and with many: in turns, so that both see the same.
 */
record Growth(String what, int fewCount, int manyCount, Runs few, Runs many) {
  private static final double RATIO_MAX = 1.15;
  private static final String SECTION = "Processor time of gateway and Redis for an unlock";

  static Growth compare(String what, Side few, Side many, UnlockPlan plan, double rate)
      throws CannotRun {
    List<Stretch> ofFew = new ArrayList<>();
    List<Stretch> ofMany = new ArrayList<>();
    for (int number = 1; number <= plan.repeats(); number++) {
      // Each is the first as often as the other.
      if (number % 2 == 1) {
        ofFew.add(few.run(plan, rate));
        ofMany.add(many.run(plan, rate));
      } else {
        ofMany.add(many.run(plan, rate));
        ofFew.add(few.run(plan, rate));
      }
    }
    return new Growth(
        what, few.count(), many.count(), new Runs(rate, ofFew), new Runs(rate, ofMany));
  }

  /** How many there are of what grows, and where. */
  record Side(int count, Driven driven) {
    private Stretch run(UnlockPlan plan, double rate) throws CannotRun {
      return driven.run(rate, plan.pace().growthRepeat());
    }
  }

  double ratio() {
    return many.microsInAll() / few.microsInAll();
  }

  List<Figure> figures() {
    return List.of(
        cost(fewCount, few),
        cost(manyCount, many),
        new Figure.Subject(SECTION, "ratio for " + what)
            .figure("ratio", "", ratio(), Bound.timing(RATIO_MAX)),
        new Figure.Subject(SECTION, "failures with more " + what)
            .figure("count", "", few.failureCount() + many.failureCount(), Bound.exact(0)));
  }

  private Figure cost(int count, Runs runs) {
    return new Figure.Subject(SECTION, "%,d %s".formatted(count, what))
        .figure("each", "µs", Medians.of(runs.stretches(), Stretch::microsEachInAll));
  }
}
