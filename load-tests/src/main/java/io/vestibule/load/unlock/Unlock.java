package io.vestibule.load.unlock;

import io.vestibule.load.report.Chart;
import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Result;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Descriptors;
import io.vestibule.load.stage.Peer;
import io.vestibule.load.stage.Pki;
import io.vestibule.load.stage.Processes;
import io.vestibule.load.stage.Product;
import io.vestibule.load.stage.Redis;
import io.vestibule.load.stage.Scenario;
import io.vestibule.load.stage.Stack;
import io.vestibule.load.stage.Stage;
import io.vestibule.load.stage.Target;
import io.vestibule.load.stage.Targets;
import io.vestibule.load.traffic.City;
import io.vestibule.load.traffic.Loop;
import io.vestibule.load.traffic.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gateway at a steady rate and at its highest; the comparison stack at both before it, alone on
 * the machine; and gateways with few doors and grants beside ones with many.
 */
public final class Unlock implements Scenario {
  private final Plan plan;

  public Unlock(Plan plan) {
    this.plan = plan;
  }

  @Override
  public Result run(Stage stage) throws CannotRun {
    GrowthPlan growing = GrowthPlan.of(plan);
    int doors = plan.growth() ? Math.max(plan.doors(), growing.doorsMax()) : plan.doors();
    Descriptors.demandFor(doors, Descriptors.max());
    stage.hiccups().forget();
    stage.hiccups().rest();
    try (Loop loop = new Loop()) {
      if (plan.given().isPresent()) {
        Target target = Targets.given(stage, plan.given().get(), plan.doors());
        Measured given = driven(stage, loop, target, site -> gateway(stage, site, plan.rate()));
        return result(new Findings(plan, given, Optional.empty()), List.of());
      }
      Product product = stage.build().product();
      stage.progress().say("making certificates for " + doors + " doors");
      Pki pki = Pki.make(stage.started(), product, stage.work(), doors);
      Optional<Measured> peer =
          plan.peer() ? Optional.of(peer(stage, loop, pki)) : Optional.empty();
      double shared = peer.map(measured -> measured.shared().rate()).orElse((double) plan.rate());
      Target target = Stack.start(stage, product, pki, "node-a", Map.of()).target();
      Measured gateway = driven(stage, loop, target, site -> gateway(stage, site, shared));
      Processes.end(target);
      List<Figure> growth = plan.growth() ? growing.run(stage, loop, product, pki) : List.of();
      return result(new Findings(plan, gateway, peer), growth);
    }
  }

  private static Result result(Findings findings, List<Figure> growth) {
    List<Figure> figures = new ArrayList<>(findings.figures());
    figures.addAll(growth);
    List<Chart> charts = findings.charts();
    return new Result(figures, charts, findings.plan().leftOut());
  }

  private Measured gateway(Stage stage, Site site, double sharedRate) throws CannotRun {
    return Measured.gateway(site, plan, sharedRate, stage.progress());
  }

  private Measured peer(Stage stage, Loop loop, Pki pki) throws CannotRun {
    stage.progress().say("starting Redis and the peer");
    Redis redis = Redis.start(stage.started(), stage.work(), stage.redisBinary());
    Target target =
        Peer.start(
            stage,
            pki,
            redis,
            Map.of("RATE_PER_MINUTE", Integer.toString(Stack.PER_DOOR_AND_MINUTE)));
    Measured measured =
        driven(stage, loop, target, site -> Measured.peer(site, plan, stage.progress()));
    Processes.end(target);
    return measured;
  }

  private Measured driven(Stage stage, Loop loop, Target target, Measuring measuring)
      throws CannotRun {
    City city = new City(City.Size.forUnlocks(plan.doors(), plan.unlocksMax()));
    try (Site site = Site.openWithDoors(loop, target, city, stage.progress())) {
      // What so many handshakes left behind is not to be collected while unlocks are timed.
      System.gc();
      stage.hiccups().resume();
      return measuring.of(site);
    } finally {
      stage.hiccups().rest();
    }
  }

  /** What is done with a site. */
  private interface Measuring {
    Measured of(Site site) throws CannotRun;
  }
}
