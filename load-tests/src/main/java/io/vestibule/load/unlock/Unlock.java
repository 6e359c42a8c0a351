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
  private final UnlockPlan plan;

  public Unlock(UnlockPlan plan) {
    this.plan = plan;
  }

  @Override
  public Result run(Stage stage) throws CannotRun {
    Descriptors.demandFor(doorsMax(), Descriptors.max());
    stage.hiccups().forget();
    stage.hiccups().rest();
    Course course = new Course(stage.progress(), System::nanoTime);
    try (Loop loop = new Loop()) {
      return plan.given().isPresent()
          ? given(stage, loop, course, plan.given().get())
          : started(stage, loop, course);
    }
  }

  private Result given(Stage stage, Loop loop, Course course, Target target) throws CannotRun {
    Targets.given(stage, target, plan.doors());
    Measured given =
        driven(stage, loop, target, site -> Measured.gateway(site, plan, plan.rate(), course));
    return result(new UnlockFindings(plan, given, Optional.empty()), course.figures());
  }

  private Result started(Stage stage, Loop loop, Course course) throws CannotRun {
    Product product = stage.build().product();
    Pki pki = pki(stage, product);
    Optional<Measured> peer =
        plan.peer() ? Optional.of(peer(stage, loop, pki, course)) : Optional.empty();
    double shared = peer.map(measured -> measured.shared().rate()).orElse((double) plan.rate());
    Target target = Stack.start(stage, product, pki, "node-a", Map.of()).target();
    Measured gateway =
        driven(stage, loop, target, site -> Measured.gateway(site, plan, shared, course));
    Processes.end(target);
    List<Figure> more = new ArrayList<>();
    if (plan.growth()) {
      more.addAll(
          course.take(
              "more doors and grants: few and many in turns",
              () -> GrowthPlan.of(plan).run(stage, loop, product, pki)));
    }
    more.addAll(course.figures());
    return result(new UnlockFindings(plan, gateway, peer), more);
  }

  private Pki pki(Stage stage, Product product) throws CannotRun {
    stage.progress().say("making certificates for " + doorsMax() + " doors");
    return Pki.make(stage.started(), product, stage.work(), doorsMax());
  }

  /** Of all gateways that are driven. */
  private int doorsMax() {
    boolean growing = plan.growth() && plan.given().isEmpty();
    return growing ? Math.max(plan.doors(), GrowthPlan.of(plan).doorsMax()) : plan.doors();
  }

  private static Result result(UnlockFindings findings, List<Figure> more) {
    List<Figure> figures = new ArrayList<>(findings.figures());
    figures.addAll(more);
    List<Chart> charts = findings.charts();
    return new Result(figures, charts, findings.plan().leftOut());
  }

  private Measured peer(Stage stage, Loop loop, Pki pki, Course course) throws CannotRun {
    stage.progress().say("starting Redis and the peer");
    Redis redis = Redis.start(stage.started(), stage.work(), stage.redisBinary());
    Target target =
        Peer.start(
            stage,
            pki,
            redis,
            Map.of("RATE_PER_MINUTE", Integer.toString(Stack.PER_DOOR_AND_MINUTE)));
    Measured measured = driven(stage, loop, target, site -> Measured.peer(site, plan, course));
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
