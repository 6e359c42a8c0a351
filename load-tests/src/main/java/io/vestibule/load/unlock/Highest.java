package io.vestibule.load.unlock;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.traffic.Stretch;
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

  /** Of a rate, at most. */
  static final int TRIES = 3;

  static final int CONFIRMATIONS_MAX = 4;

  private static final double RATE_MIN = 20;
  private static final double LESS = 0.95;

  /** 0 where no rate kept the bound. */
  double rate() {
    return kept ? confirmed.rate() : 0;
  }

  static Highest find(Driven driven, UnlockPlan plan, double p99MsMax, double first)
      throws CannotRun {
    return new Tries(driven, plan, p99MsMax, new ArrayList<>()).find(first);
  }

  /** Steps and repeats on one target. */
  private record Tries(Driven driven, UnlockPlan plan, double p99MsMax, List<Tried> tried) {
    Highest find(double first) throws CannotRun {
      RateSearch search = new RateSearch(RATE_MIN, first, plan.pace().rateMax());
      OptionalDouble next = search.next();
      for (int step = 1; next.isPresent() && step <= plan.pace().stepsMax(); step++) {
        search.tried(mostlyKept(next.getAsDouble()));
        next = search.next();
      }
      tried.sort(Comparator.comparingDouble(Tried::rate));
      return confirm(Math.max(RATE_MIN, search.found()));
    }

    /** Two of three broke it where it is broken: one pause of the machine breaks no rate. */
    private boolean mostlyKept(double rate) throws CannotRun {
      if (kept(rate)) {
        return true;
      }
      boolean second = kept(rate);
      return second && kept(rate);
    }

    private boolean kept(double rate) throws CannotRun {
      Stretch stretch = driven.run(rate, plan.pace().step());
      Tried once = Tried.at(rate, stretch);
      tried.add(once);
      driven.say(" at %.0f/s: %s".formatted(rate, stretch.shown()));
      return once.p99Ms() <= p99MsMax && stretch.tally().failureCount() == 0;
    }

    private Highest confirm(double found) throws CannotRun {
      double rate = found;
      for (int attempt = 1; ; attempt++) {
        Runs runs = Runs.run(driven, rate, plan.pace().step(), plan.repeats());
        boolean kept = runs.percentileMs(99) <= p99MsMax && runs.failureCount() == 0;
        if (kept || attempt == CONFIRMATIONS_MAX) {
          return new Highest(runs, kept, List.copyOf(tried));
        }
        rate *= LESS;
      }
    }
  }
}
