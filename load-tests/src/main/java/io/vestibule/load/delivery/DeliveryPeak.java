package io.vestibule.load.delivery;

import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Chart;
import io.vestibule.load.report.Charts;
import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Medians;
import io.vestibule.load.report.OverTime.Spell;
import io.vestibule.load.report.Reasons;
import io.vestibule.load.report.Result;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Scenario;
import io.vestibule.load.stage.Stage;
import io.vestibule.load.stage.Target;
import io.vestibule.load.stage.Targets;
import io.vestibule.load.traffic.Arrivals;
import io.vestibule.load.traffic.City;
import io.vestibule.load.traffic.Loop;
import io.vestibule.load.traffic.Site;
import io.vestibule.load.traffic.Stretch;
import io.vestibule.load.traffic.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A day of deliveries in a few minutes, at one gateway. */
public final class DeliveryPeak implements Scenario {
  private static final double P99_MS_MAX = 10;

  private final Plan plan;

  public DeliveryPeak(Plan plan) {
    this.plan = plan;
  }

  /**
   * What is to be played.
   *
   * @param peak the rate at the busiest hour, a second
   * @param day how long the day lasts
   * @param given a gateway that runs already
   */
  public record Plan(int doors, int peak, Duration day, Duration warmUp, Optional<Target> given) {
    double hours(double seconds) {
      return seconds * Day.HOURS / day.toSeconds();
    }

    double perSecond(double seconds) {
      return peak * Day.share(hours(seconds));
    }

    private long unlocksMax() {
      return (long) peak * (day.toSeconds() + warmUp.toSeconds());
    }
  }

  @Override
  public Duration limit() {
    return plan.day().plus(Scenario.super.limit());
  }

  @Override
  public Result run(Stage stage) throws CannotRun {
    Target target = Targets.givenOrAlone(stage, plan.given(), plan.doors());
    City city = new City(City.Size.forUnlocks(plan.doors(), plan.unlocksMax()));
    try (Loop loop = new Loop();
        Site site = Site.openWithDoors(loop, target, city, stage.progress())) {
      stage.progress().say("warming up");
      site.warmUp(plan.warmUp(), plan.peak() / 2.0);
      System.gc();
      stage.hiccups().forget();
      stage.progress().say("a day in " + plan.day().toSeconds() + " s");
      return result(
          Stretch.run(site, new Traffic.Phase(plan.day(), new Arrivals(plan::perSecond, 1))));
    }
  }

  private Result result(Stretch day) {
    List<Figure> figures = new ArrayList<>();
    String section =
        "A day in %d s, a model of one; a warm-up of %d s does not count"
            .formatted(plan.day().toSeconds(), plan.warmUp().toSeconds());
    for (Day.Part part : Day.PARTS) {
      figures.addAll(part(section, part, day.tally().overTime().spells()));
    }
    figures.addAll(whole(day));
    List<Chart> charts = new ArrayList<>(day.tally().overTime().charts("The day"));
    charts.add(
        Charts.percentiles(
            "Unlocks, from when each was due", Map.of("the day", day.tally().latencies())));
    return new Result(figures, charts);
  }

  List<Figure> part(String section, Day.Part part, List<Spell> all) {
    List<Spell> spells =
        all.stream()
            .filter(spell -> plan.hours(spell.startSecond()) >= part.fromHour())
            .filter(spell -> plan.hours(spell.startSecond()) < part.untilHour())
            .toList();
    // One in which nothing opened has no latency, and yet it was.
    List<Spell> timed = spells.stream().filter(spell -> spell.perSecond() > 0).toList();
    Figure.Subject subject = new Figure.Subject(section, part.name());
    return List.of(
        subject.figure("opened", "/s", Medians.of(spells, Spell::perSecond)),
        subject.figure("p50, median second", "ms", Medians.of(timed, Spell::p50Ms)),
        subject.figure("p99, median second", "ms", Medians.of(timed, Spell::p99Ms)),
        subject.figure(
            "longest", "ms", timed.stream().mapToDouble(Spell::maxMs).max().orElse(Double.NaN)));
  }

  private static List<Figure> whole(Stretch day) {
    Figure.Subject subject = new Figure.Subject("The whole day", "unlocks");
    List<Figure> figures =
        new ArrayList<>(day.tally().latencies().figures(subject, Bound.timing(P99_MS_MAX)));
    figures.add(
        subject.figure("generator late, p99", "ms", day.tally().lateness().percentileMs(99)));
    figures.add(subject.figure("failures", "", day.tally().failureCount(), Bound.exact(0)));
    figures.add(subject.figure("without a command", "", day.unmatchedCount(), Bound.exact(0)));
    figures.addAll(
        new Reasons(day.tally().failures())
            .figures("failures", why -> new Figure.Subject("The whole day", "failed: " + why)));
    return figures;
  }
}
