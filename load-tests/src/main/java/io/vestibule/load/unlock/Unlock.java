package io.vestibule.load.unlock;

import io.vestibule.load.report.Chart;
import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Result;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Descriptors;
import io.vestibule.load.stage.Floor;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gateway at a steady rate and at its highest; the comparison stack at both before it and the
 * floor after it, each alone on the machine; and gateways with few doors and grants beside ones
 * with many.
 */
public final class Unlock implements Scenario {
  private static final Duration FLOOR_LIMIT = Duration.ofMinutes(15);

  /** So many repeats are within the usual limit. */
  private static final int USUAL_REPEATS = 5;

  /** One more of each rate, on three targets, as often as rates are confirmed at most. */
  private static final Duration REPEAT_LIMIT = Duration.ofMinutes(6);

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

  /** The floor is one target more to connect doors to, and to search rates on. */
  @Override
  public Duration limit() {
    int more = Math.max(0, plan.repeats() - USUAL_REPEATS);
    Duration usual = Scenario.super.limit().plus(REPEAT_LIMIT.multipliedBy(more));
    return plan.floor() ? usual.plus(FLOOR_LIMIT) : usual;
  }

  private Result given(Stage stage, Loop loop, Course course, Target target) throws CannotRun {
    Targets.given(stage, target, plan.doors());
    Measured given =
        driven(stage, loop, target, site -> Measured.gateway(site, plan, plan.rate(), course));
    return result(
        new UnlockFindings(plan, given, Optional.empty(), Optional.empty()), course.figures());
  }

  /** What targets are started with. */
  private record Setting(Stage stage, Loop loop, Product product, Pki pki, Course course) {
    Redis redis() throws CannotRun {
      return Redis.start(stage.started(), stage.work(), stage.redisBinary());
    }
  }

  private Result started(Stage stage, Loop loop, Course course) throws CannotRun {
    Product product = stage.build().product();
    Setting setting = new Setting(stage, loop, product, pki(stage, product), course);
    Optional<Measured> peer = plan.peer() ? Optional.of(peer(setting)) : Optional.empty();
    double shared = peer.map(measured -> measured.shared().rate()).orElse((double) plan.rate());
    Measured gateway = gateway(setting, shared);
    Optional<Measured> floor =
        plan.floor() ? Optional.of(floor(setting, gateway)) : Optional.empty();
    List<Figure> more = new ArrayList<>(plan.growth() ? growth(setting) : List.of());
    more.addAll(course.figures());
    return result(new UnlockFindings(plan, gateway, peer, floor), more);
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

  private Measured peer(Setting setting) throws CannotRun {
    setting.stage().progress().say("starting Redis and the peer");
    Target target =
        Peer.start(
            setting.stage(),
            setting.pki(),
            setting.redis(),
            Map.of("RATE_PER_MINUTE", Integer.toString(Stack.PER_DOOR_AND_MINUTE)));
    return ended(setting, target, site -> Measured.peer(site, plan, setting.course()));
  }

  private Measured gateway(Setting setting, double shared) throws CannotRun {
    Stack stack =
        Stack.start(setting.stage(), setting.product(), setting.pki(), "node-a", Map.of());
    return ended(
        setting, stack.target(), site -> Measured.gateway(site, plan, shared, setting.course()));
  }

  /** After the gateway, so that both are measured at the rate that the gateway sustains. */
  private Measured floor(Setting setting, Measured gateway) throws CannotRun {
    setting.stage().progress().say("starting Redis and the floor");
    Path jvmOptions = setting.product().jvmOptions();
    Target target =
        Floor.start(setting.stage().started(), jvmOptions, setting.pki(), setting.redis());
    double shared = gateway.sustained().confirmed().rate();
    return ended(
        setting, target, site -> Measured.floor(site, plan.aside(), shared, setting.course()));
  }

  private List<Figure> growth(Setting setting) throws CannotRun {
    return setting
        .course()
        .take(
            "more doors and grants: few and many in turns",
            () ->
                GrowthPlan.of(plan)
                    .run(setting.stage(), setting.loop(), setting.product(), setting.pki()));
  }

  /** Driven, and at its end. */
  private Measured ended(Setting setting, Target target, Measuring measuring) throws CannotRun {
    Measured measured = driven(setting.stage(), setting.loop(), target, measuring);
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
