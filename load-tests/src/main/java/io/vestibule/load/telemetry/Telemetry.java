package io.vestibule.load.telemetry;

import io.vestibule.load.metrics.Change;
import io.vestibule.load.metrics.Exposition;
import io.vestibule.load.metrics.Metrics;
import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Chart;
import io.vestibule.load.report.Charts;
import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Latencies;
import io.vestibule.load.report.Reasons;
import io.vestibule.load.report.Result;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Scenario;
import io.vestibule.load.stage.Stage;
import io.vestibule.load.stage.Target;
import io.vestibule.load.stage.Targets;
import io.vestibule.load.stage.Waiting;
import io.vestibule.load.traffic.City;
import io.vestibule.load.traffic.Loop;
import io.vestibule.load.traffic.PhaseTally;
import io.vestibule.load.traffic.Site;
import io.vestibule.load.traffic.Stretch;
import io.vestibule.load.traffic.TelemetryStream;
import io.vestibule.load.traffic.TelemetryStream.Sent;
import io.vestibule.load.traffic.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Unlocks at a steady rate, beside more and more telemetry. */
public final class Telemetry implements Scenario {
  private static final double P99_MS_MAX = 10;
  private static final Duration TAKING_LIMIT = Duration.ofSeconds(5);

  private final Plan plan;

  public Telemetry(Plan plan) {
    this.plan = plan;
  }

  /**
   * What is to be measured.
   *
   * @param unlocks a second
   * @param most messages of telemetry a second at the last level; a quarter and half come before
   * @param given a gateway that runs already
   */
  public record Plan(
      int doors, int unlocks, int most, Duration level, Duration warmUp, Optional<Target> given) {
    private List<Integer> rates() {
      return List.of(0, most / 4, most / 2, most);
    }

    private long unlocksMax() {
      return unlocks * (warmUp.toSeconds() + (level.toSeconds() + 1) * rates().size());
    }
  }

  @Override
  public Result run(Stage stage) throws CannotRun {
    Target target = Targets.givenOrAlone(stage, plan.given(), plan.doors());
    City city = new City(City.Size.forUnlocks(plan.doors(), plan.unlocksMax()));
    try (Loop loop = new Loop();
        Site site = Site.openWithDoors(loop, target, city, stage.progress())) {
      stage.progress().say("warming up");
      TelemetryStream warming = new TelemetryStream(loop, site.fleet(), plan.most() / 4.0);
      warming.begin();
      site.warmUp(plan.warmUp(), plan.unlocks());
      warming.end();
      System.gc();
      stage.hiccups().forget();
      List<Level> levels = new ArrayList<>();
      for (int rate : plan.rates()) {
        stage.progress().say("%d unlocks/s beside %d messages/s".formatted(plan.unlocks(), rate));
        levels.add(level(loop, site, rate));
      }
      return result(levels);
    }
  }

  private Level level(Loop loop, Site site, int rate) throws CannotRun {
    int acknowledged = site.fleet().acknowledgedCount();
    Optional<Exposition> before = Metrics.look(site.target());
    TelemetryStream stream = new TelemetryStream(loop, site.fleet(), rate);
    Traffic.Phase phase = Traffic.Phase.steady(plan.level(), plan.unlocks(), 10L + rate);
    Stretch stretch = Stretch.run(site, phase, stream::begin);
    Sent sent = stream.end();
    Waiting.until(
        TAKING_LIMIT, () -> site.fleet().acknowledgedCount() - acknowledged >= sent.qos1Count());
    Optional<Exposition> after = Metrics.look(site.target());
    Optional<Change> change = before.map(first -> new Change(first, after.orElseThrow()));
    return new Level(rate, stretch, sent, change, site.fleet().acknowledgedCount() - acknowledged);
  }

  private Result result(List<Level> levels) {
    List<Figure> figures = new ArrayList<>();
    Map<String, Latencies> named = new LinkedHashMap<>();
    for (Level level : levels) {
      String name = String.format(Locale.ROOT, "%,d messages/s", level.rate());
      named.put("beside " + name, level.unlocks().tally().latencies());
      figures.addAll(unlocks(name, level));
    }
    for (Level level : levels.subList(1, levels.size())) {
      figures.addAll(level.messages(levels.get(0)));
    }
    List<Chart> charts = new ArrayList<>();
    charts.add(Charts.percentiles("Unlocks beside telemetry", named));
    PhaseTally last = levels.get(levels.size() - 1).unlocks().tally();
    charts.addAll(last.overTime().charts("Unlocks beside most telemetry"));
    return new Result(figures, charts);
  }

  private List<Figure> unlocks(String name, Level level) {
    String section =
        String.format(
            Locale.ROOT,
            "%,d unlocks/s over %,d doors, beside telemetry",
            plan.unlocks(),
            plan.doors());
    Figure.Subject subject = new Figure.Subject(section, name);
    List<Figure> figures =
        new ArrayList<>(
            level.unlocks().tally().latencies().figures(subject, Bound.timing(P99_MS_MAX)));
    figures.add(
        subject.figure(
            "generator late, p99", "ms", level.unlocks().tally().lateness().percentileMs(99)));
    figures.add(
        subject.figure("failures", "", level.unlocks().tally().failureCount(), Bound.exact(0)));
    figures.addAll(
        new Reasons(level.unlocks().tally().failures())
            .figures("failures", why -> new Figure.Subject(section, name + ", failed: " + why)));
    return figures;
  }
}
