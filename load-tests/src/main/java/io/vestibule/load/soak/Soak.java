package io.vestibule.load.soak;

import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Chart;
import io.vestibule.load.report.Charts;
import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Reasons;
import io.vestibule.load.report.Result;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Scenario;
import io.vestibule.load.stage.Stack;
import io.vestibule.load.stage.Stage;
import io.vestibule.load.stage.Target;
import io.vestibule.load.traffic.Churn;
import io.vestibule.load.traffic.City;
import io.vestibule.load.traffic.Loop;
import io.vestibule.load.traffic.PhaseTally;
import io.vestibule.load.traffic.Site;
import io.vestibule.load.traffic.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Load for long, while doors come and go, and the gateway's size after collections. */
public final class Soak implements Scenario {
  private static final Duration RETURN_WITHIN = Duration.ofSeconds(3);
  private static final Duration BACK_LIMIT = Duration.ofSeconds(30);

  private final Plan plan;

  public Soak(Plan plan) {
    this.plan = plan;
  }

  /**
   * What is to be endured.
   *
   * @param churn share of the doors that go away in a minute
   * @param sampleEvery how often the gateway is told to collect, and looked at
   */
  public record Plan(
      int doors, int rate, Duration length, double churn, Duration sampleEvery, Duration warmUp) {
    private long unlocksMax() {
      return rate * (length.toSeconds() + warmUp.toSeconds());
    }
  }

  @Override
  public Duration limit() {
    return plan.length().plus(Scenario.super.limit());
  }

  @Override
  public Result run(Stage stage) throws CannotRun {
    Stack stack = Stack.alone(stage, plan.doors());
    City city = new City(City.Size.forUnlocks(plan.doors(), plan.unlocksMax()));
    try (Loop loop = new Loop();
        Site site = Site.openWithDoors(loop, stack.target(), city, stage.progress())) {
      stage.progress().say("warming up");
      site.warmUp(plan.warmUp(), plan.rate());
      System.gc();
      stage.hiccups().forget();
      return run(stage, loop, site);
    }
  }

  private Result run(Stage stage, Loop loop, Site site) throws CannotRun {
    Target target = site.target();
    site.fleet().returnWhenLost(RETURN_WITHIN);
    try (Sampler sampler = new Sampler(stage, target, plan.sampleEvery())) {
      Churn churn = Churn.begin(loop, site.fleet(), plan.churn());
      stage.progress().say("%d/s for %d s".formatted(plan.rate(), plan.length().toSeconds()));
      PhaseTally tally = site.traffic().run(Traffic.Phase.steady(plan.length(), plan.rate(), 1));
      int churned = churn.end();
      List<Sample> samples = sampler.end();
      site.fleet().awaitAll(BACK_LIMIT);
      return result(tally, churned, site, samples);
    }
  }

  private Result result(PhaseTally tally, int churned, Site site, List<Sample> samples) {
    List<Figure> figures = new ArrayList<>(unlocks(tally));
    figures.addAll(doors(churned, site));
    SizeOverTime size = new SizeOverTime(samples, plan.sampleEvery(), plan.rate());
    figures.addAll(size.figures());
    List<Chart> charts = new ArrayList<>(tally.overTime().charts("Unlocks"));
    charts.add(
        Charts.percentiles(
            "Unlocks, from when each was due", Map.of(plan.rate() + "/s", tally.latencies())));
    charts.addAll(size.charts());
    return new Result(figures, charts, size.leftOut());
  }

  private List<Figure> unlocks(PhaseTally tally) {
    String section =
        "%d/s for %d s over %d doors; a warm-up of %d s does not count"
            .formatted(
                plan.rate(), plan.length().toSeconds(), plan.doors(), plan.warmUp().toSeconds());
    Figure.Subject subject = new Figure.Subject(section, "unlocks");
    List<Figure> figures = new ArrayList<>(tally.latencies().figures(subject));
    figures.add(subject.figure("generator late, p99", "ms", tally.lateness().percentileMs(99)));
    figures.add(subject.figure("door was away", "", tally.absentCount()));
    figures.add(subject.figure("failures", "", tally.failureCount(), Bound.exact(0)));
    figures.addAll(
        new Reasons(tally.failures())
            .figures("failures", why -> new Figure.Subject(section, "failed: " + why)));
    return figures;
  }

  private static List<Figure> doors(int churned, Site site) {
    String section = "Doors";
    int lost = new Reasons(site.fleet().losses()).sum();
    int wrong = new Reasons(site.fleet().commandFaults()).sum();
    return List.of(
        new Figure.Subject(section, "went away and came back").figure("count", "", churned),
        new Figure.Subject(section, "lost, or could not connect")
            .figure("count", "", lost, Bound.exact(0)),
        new Figure.Subject(section, "commands for another, given twice, or badly signed")
            .figure("count", "", wrong, Bound.exact(0)),
        new Figure.Subject(section, "commands whose signature was verified")
            .figure("count", "", site.fleet().verifiedCount(), Bound.exactAtLeast(1)));
  }
}
