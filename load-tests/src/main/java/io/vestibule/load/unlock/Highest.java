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
  /** What people do not notice. */
  static final double P99_MS_MAX = 10;

  /**
   * What they would, so that it is capacity that ends it: at the other bound it may be a pause of
   * the machine.
   */
  static final double SUSTAINED_P99_MS_MAX = 100;

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

  static Highest find(Site site, Plan plan, double p99MsMax, double first, Progress progress)
      throws CannotRun {
    return new Tries(site, plan, p99MsMax, progress, new ArrayList<>()).find(first);
  }

  /** Steps and repeats on one site. */
  private record Tries(
      Site site, Plan plan, double p99MsMax, Progress progress, List<Tried> tried) {
    Highest find(double first) throws CannotRun {
      RateSearch search = new RateSearch(RATE_MIN, first, plan.pace().rateMax());
      OptionalDouble next = search.next();
      for (int step = 1; next.isPresent() && step <= STEPS_MAX; step++) {
        search.tried(mostlyKept(next.getAsDouble(), step * TRIES));
        next = search.next();
      }
      tried.sort(Comparator.comparingDouble(Tried::rate));
      return confirm(Math.max(RATE_MIN, search.found()));
    }

    /** Two of three broke it where it is broken: one pause of the machine breaks no rate. */
    private boolean mostlyKept(double rate, int seed) throws CannotRun {
      return kept(rate, seed) || (kept(rate, seed + 1) && kept(rate, seed + 2));
    }

    private boolean kept(double rate, int seed) throws CannotRun {
      Stretch stretch =
          Stretch.run(site, Traffic.Phase.steady(plan.pace().step(), rate, 100 + seed));
      Tried once = Tried.at(rate, stretch);
      tried.add(once);
      progress.say("%s at %.0f/s: %s".formatted(site.target().name(), rate, stretch.shown()));
      return once.p99Ms() <= p99MsMax && stretch.tally().failureCount() == 0;
    }

    private Highest confirm(double found) throws CannotRun {
      double rate = found;
      for (int attempt = 1; ; attempt++) {
        Runs runs = Runs.run(site, rate, plan.pace().step(), plan.repeats(), progress);
        boolean kept = runs.percentileMs(99) <= p99MsMax && runs.failureCount() == 0;
        if (kept || attempt == CONFIRMATIONS_MAX) {
          return new Highest(runs, kept, List.copyOf(tried));
        }
        rate *= LESS;
      }
    }
  }
}
