package io.vestibule.load.unlock;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Progress;
import io.vestibule.load.traffic.Site;
import io.vestibule.load.traffic.Stretch;
import io.vestibule.load.traffic.Traffic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The highest rate at which 99 of a hundred are answered in time and none fails: found by single
 * steps, and held against repeats.
 *
 * @param confirmed the repeats at that rate, or at the last that was tried
 * @param tried each step, from the lowest rate up
 */
record Highest(Runs confirmed, boolean kept, List<Tried> tried) {
  static final double P99_MS_MAX = 10;
  static final int STEPS_MAX = 20;
  static final int CONFIRMATIONS_MAX = 4;

  private static final double RATE_MIN = 20;
  private static final double LESS = 0.95;

  /** 0 where no rate kept the bound. */
  double rate() {
    return kept ? confirmed.rate() : 0;
  }

  static Highest find(Site site, Plan plan, double first, Progress progress) throws CannotRun {
    List<Tried> tried = new ArrayList<>();
    RateSearch search = new RateSearch(RATE_MIN, first, plan.pace().rateMax());
    OptionalDouble next = search.next();
    for (int number = 1; next.isPresent() && number <= STEPS_MAX; number++) {
      double rate = next.getAsDouble();
      Stretch stretch =
          Stretch.run(site, Traffic.Phase.steady(plan.pace().step(), rate, 100 + number));
      Tried step = Tried.at(rate, stretch);
      tried.add(step);
      boolean kept = step.p99Ms() <= P99_MS_MAX && stretch.tally().failureCount() == 0;
      progress.say("%s at %.0f/s: %s".formatted(site.target().name(), rate, stretch.shown()));
      search.tried(kept);
      next = search.next();
    }
    tried.sort(Comparator.comparingDouble(Tried::rate));
    return confirm(site, plan, Math.max(RATE_MIN, search.found()), List.copyOf(tried), progress);
  }

  private static Highest confirm(
      Site site, Plan plan, double found, List<Tried> tried, Progress progress) throws CannotRun {
    double rate = found;
    for (int attempt = 1; ; attempt++) {
      Runs runs = Runs.run(site, rate, plan.pace().step(), plan.repeats(), progress);
      boolean kept = runs.percentileMs(99) <= P99_MS_MAX && runs.failureCount() == 0;
      if (kept || attempt == CONFIRMATIONS_MAX) {
        return new Highest(runs, kept, tried);
      }
      rate *= LESS;
    }
  }
}
