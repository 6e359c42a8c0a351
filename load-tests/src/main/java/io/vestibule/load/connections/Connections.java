package io.vestibule.load.connections;

import io.vestibule.load.metrics.Exposition;
import io.vestibule.load.metrics.Metrics;
import io.vestibule.load.report.Chart;
import io.vestibule.load.report.Charts;
import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Latencies;
import io.vestibule.load.report.Result;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Scenario;
import io.vestibule.load.stage.Stack;
import io.vestibule.load.stage.Stage;
import io.vestibule.load.stage.Target;
import io.vestibule.load.traffic.City;
import io.vestibule.load.traffic.Connects;
import io.vestibule.load.traffic.Loop;
import io.vestibule.load.traffic.PhaseTally;
import io.vestibule.load.traffic.Site;
import io.vestibule.load.traffic.Spending;
import io.vestibule.load.traffic.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All doors connect at once; then their gateway is killed and started again, and they come back.
 */
public final class Connections implements Scenario {
  private static final double KIB_PER_MIB = 1_024;

  private final Plan plan;

  public Connections(Plan plan) {
    this.plan = plan;
  }

  /**
   * What is to be seen.
   *
   * @param within how long doors spread their first attempts, and wait at most for each further one
   * @param unlocks a second after each storm, until each door was asked once or more
   */
  public record Plan(int doors, Duration within, int unlocks) {
    private Duration asking() {
      return Duration.ofSeconds(1 + doors / unlocks);
    }
  }

  @Override
  public Result run(Stage stage) throws CannotRun {
    Stack stack = Stack.alone(stage, plan.doors());
    City city =
        new City(
            City.Size.forUnlocks(plan.doors(), 4L * plan.unlocks() * plan.asking().toSeconds()));
    try (Loop loop = new Loop();
        Site site = Site.open(loop, stack.target(), city, stage.progress())) {
      System.gc();
      stage.hiccups().forget();
      return run(stage, stack, site);
    }
  }

  private Result run(Stage stage, Stack stack, Site site) throws CannotRun {
    double residentBefore = resident(stack.target());
    stage.progress().say("all doors connect at once");
    Rush.Start first = Rush.Start.of(stack.target());
    site.fleet().storm(plan.within());
    Rush rush = Rush.await(site, stack.target(), first);
    // Before any unlock, which takes memory for other things.
    double residentEach = (resident(stack.target()) - residentBefore) * KIB_PER_MIB / plan.doors();
    Storm storm = storm("at first", site, stack.target(), rush, Map.of());
    stage.progress().say("the gateway is killed and started again");
    Map<String, Integer> before = site.fleet().losses();
    Stack again = stack.restart(stage);
    Rush second = Rush.await(site, again.target(), Rush.Start.of(again.target()));
    Storm returned = storm("after the gateway was killed", site, again.target(), second, before);
    return result(storm, returned, residentEach);
  }

  private Storm storm(
      String name, Site site, Target target, Rush rush, Map<String, Integer> lossesBefore)
      throws CannotRun {
    Connects connects = site.fleet().takeConnects();
    Map<String, Integer> losses = new LinkedHashMap<>(site.fleet().losses());
    lossesBefore.forEach((why, count) -> losses.merge(why, -count, Integer::sum));
    losses.values().removeIf(count -> count == 0);
    PhaseTally unlocks =
        site.traffic().run(Traffic.Phase.steady(plan.asking(), plan.unlocks(), plan.doors()));
    Exposition metrics = Metrics.look(target.management().orElseThrow());
    return new Storm(name, plan.doors(), rush, connects, losses, metrics, unlocks);
  }

  private static Result result(Storm storm, Storm returned, double residentKibEach) {
    List<Figure> figures = new ArrayList<>(storm.figures());
    figures.addAll(returned.figures());
    figures.add(
        new Figure.Subject("Memory", "resident memory of the gateway for a door")
            .figure("each", "KiB", residentKibEach));
    Map<String, Latencies> named = new LinkedHashMap<>();
    named.put(storm.name(), storm.connects().door());
    named.put(returned.name(), returned.connects().door());
    List<Chart> charts = new ArrayList<>();
    charts.add(Charts.percentiles("One door, from its first attempt until it subscribed", named));
    for (Storm one : List.of(storm, returned)) {
      charts.addAll(one.unlocks().overTime().charts("Unlocks once all are there, " + one.name()));
    }
    return new Result(figures, charts);
  }

  private static double resident(Target target) throws CannotRun {
    return Spending.residentMib(target.processes().get(0));
  }
}
