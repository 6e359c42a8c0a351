package io.vestibule.load.unlock;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Target;
import io.vestibule.load.traffic.Site;
import io.vestibule.load.traffic.Spending;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One target: at the steady rate, at its highest, and at one that it shares with another.
 *
 * @param sustained where capacity ends
 * @param residentMb the most that the gateway's process ever had, in megabytes; not a number where
 *     it has none that is known
 * @param commandFaults what was wrong with commands, by kind
 */
record Measured(
    Runs steady,
    Runs shared,
    Highest sustained,
    Highest highest,
    double residentMb,
    Map<String, Integer> commandFaults,
    int verifiedCount) {
  private static final double MB_PER_MIB = 1.048576;

  /** What it sustains at the least, in the gateway's steady rate. */
  private static final double FLOOR_BY_STEADY = 6;

  /**
   * The gateway: at its steady rate, at one that the peer manages too, and at its highest.
   *
   * @param sharedRate the steady one where there is no peer
   */
  static Measured gateway(Site site, UnlockPlan plan, double sharedRate, Course course)
      throws CannotRun {
    return steadyFirst(site, plan, sharedRate, 2.0 * plan.rate(), course);
  }

  /** The floor: the same, beside a rate that the gateway sustains. */
  static Measured floor(Site site, UnlockPlan plan, double sharedRate, Course course)
      throws CannotRun {
    double first = Math.min(FLOOR_BY_STEADY * plan.rate(), plan.pace().rateMax());
    return steadyFirst(site, plan, sharedRate, first, course);
  }

  /**
   * @param first the rate that the searches for the highest begin with
   */
  private static Measured steadyFirst(
      Site site, UnlockPlan plan, double sharedRate, double first, Course course) throws CannotRun {
    Driven driven = Driven.on(site, course.progress());
    driven.say(" warms up");
    warmUp(site, plan.pace().warmUp(), plan.rate());
    Runs steady =
        course.take(driven.name() + ": the steady rate", () -> runs(driven, plan, plan.rate()));
    Runs shared =
        sharedRate == plan.rate()
            ? steady
            : course.take(
                driven.name() + ": the rate of both", () -> runs(driven, plan, sharedRate));
    return of(site, steady, shared, searched(driven, plan, first, course));
  }

  /**
   * The peer, warmed up twice, at the gateway's steady rate in the middle: at its highest rate, and
   * at the gateway's steady one, or half of what it sustains.
   */
  static Measured peer(Site site, UnlockPlan plan, Course course) throws CannotRun {
    course.progress().say("the peer warms up");
    double third = plan.rate() / 3.0;
    warmUp(site, plan.pace().warmUp(), third);
    warmUp(site, plan.pace().warmUp(), third);
    Driven driven = Driven.on(site, course.progress());
    Searched searched = searched(driven, plan, plan.rate(), course);
    double shared = Math.min(plan.rate(), searched.sustained().confirmed().rate() / 2);
    Runs runs = course.take(driven.name() + ": the rate of both", () -> runs(driven, plan, shared));
    return of(site, runs, runs, searched);
  }

  private static Searched searched(Driven driven, UnlockPlan plan, double first, Course course)
      throws CannotRun {
    return new Searched(
        course.take(
            driven.name() + ": the sustained rate, by search",
            () -> Highest.find(driven, plan, Highest.SUSTAINED_P99_MS_MAX, first)),
        course.take(
            driven.name() + ": the highest rate, by search",
            () -> Highest.find(driven, plan, Highest.P99_MS_MAX, first)));
  }

  private record Searched(Highest sustained, Highest highest) {}

  /** Of both searches, from the lowest rate up. */
  List<Tried> tried() {
    return Stream.concat(sustained.tried().stream(), highest.tried().stream())
        .sorted(Comparator.comparingDouble(Tried::rate))
        .toList();
  }

  private static Runs runs(Driven driven, UnlockPlan plan, double rate) throws CannotRun {
    driven.say(": %.0f/s, %d times".formatted(rate, plan.repeats()));
    return Runs.run(driven, rate, plan.pace().repeat(), plan.repeats());
  }

  private static Measured of(Site site, Runs steady, Runs shared, Searched searched)
      throws CannotRun {
    return new Measured(
        steady,
        shared,
        searched.sustained(),
        searched.highest(),
        residentMb(site.target()),
        site.fleet().commandFaults(),
        site.fleet().verifiedCount());
  }

  static void warmUp(Site site, Duration length, double rate) throws CannotRun {
    Duration third = length.dividedBy(3);
    site.warmUp(third, rate);
    site.warmUp(third, 3 * rate);
    site.warmUp(third, rate);
  }

  private static double residentMb(Target target) throws CannotRun {
    Optional<Target.Part> gateway = target.gateway();
    return gateway.isEmpty() ? Double.NaN : Spending.residentMostMib(gateway.get()) * MB_PER_MIB;
  }
}
