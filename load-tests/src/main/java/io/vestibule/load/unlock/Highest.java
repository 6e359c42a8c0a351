package io.vestibule.load.unlock;

import io.vestibule.load.report.Chart;
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
 * @param tried p99 in milliseconds by rate, of all that were tried
 */
record Highest(Runs confirmed, boolean kept, List<Chart.Point> tried) {
  static final double P99_MS_MAX = 10;
  static final int STEPS_MAX = 20;

  /** Of a rate, at most. */
  static final int TRIES = 3;

  static final int CONFIRMATIONS_MAX = 4;

  private static final double RATE_MIN = 20;
  private static final double LESS = 0.95;

  /** 0 where no rate kept the bound. */
  double rate() {
    return kept ? confirmed.rate() : 0;
  }

  static Highest find(Site site, Plan plan, double first, Progress progress) throws CannotRun {
    List<Chart.Point> tried = new ArrayList<>();
    RateSearch search = new RateSearch(RATE_MIN, first, plan.pace().rateMax());
    OptionalDouble next = search.next();
    for (int step = 1; next.isPresent() && step <= STEPS_MAX; step++) {
      double rate = next.getAsDouble();
      boolean kept = kept(site, plan, rate, step, tried, progress);
      search.tried(kept);
      next = search.next();
    }
    tried.sort(Comparator.comparingDouble(Chart.Point::x));
    return confirm(site, plan, Math.max(RATE_MIN, search.found()), List.copyOf(tried), progress);
  }

  /** By two of three tries, so that one pause of the machine does not break a rate. */
  private static boolean kept(
      Site site, Plan plan, double rate, int step, List<Chart.Point> tried, Progress progress)
      throws CannotRun {
    if (triedOnce(site, plan, rate, step, tried, progress)) {
      return true;
    }
    return triedOnce(site, plan, rate, 100 + step, tried, progress)
        && triedOnce(site, plan, rate, 200 + step, tried, progress);
  }

  private static boolean triedOnce(
      Site site, Plan plan, double rate, int step, List<Chart.Point> tried, Progress progress)
      throws CannotRun {
    Stretch stretch = Stretch.run(site, Traffic.Phase.steady(plan.pace().step(), rate, 100 + step));
    progress.say("%s at %.0f/s: %s".formatted(site.target().name(), rate, stretch.shown()));
    double p99 = stretch.tally().latencies().percentileMs(99);
    tried.add(new Chart.Point(rate, p99));
    return p99 <= P99_MS_MAX && stretch.tally().failureCount() == 0;
  }

  private static Highest confirm(
      Site site, Plan plan, double found, List<Chart.Point> tried, Progress progress)
      throws CannotRun {
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
