package io.vestibule.load.faults;

import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Result;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.KeptRedis;
import io.vestibule.load.stage.Pki;
import io.vestibule.load.stage.Product;
import io.vestibule.load.stage.Scenario;
import io.vestibule.load.stage.Signals;
import io.vestibule.load.stage.Stage;
import io.vestibule.load.wire.Operator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Two gateways before one Redis, under load, while one thing after another breaks. */
public final class Faults implements Scenario {
  private static final int NODE_COUNT = 2;
  private static final Duration BESIDE = Duration.ofMinutes(45);

  private final Plan plan;

  public Faults(Plan plan) {
    this.plan = plan;
  }

  /**
   * How a run is made.
   *
   * @param seed draws faults, doors and what doors do; the machine's own timing stays random
   * @param rate couriers a second
   * @param kinds what may break
   * @param fsync when Redis syncs its file
   * @param quick whether faults are short
   */
  public record Plan(
      Duration lasting,
      long seed,
      int doors,
      int rate,
      Set<FaultKind> kinds,
      KeptRedis.Fsync fsync,
      boolean quick) {}

  /** Beside the time in which things break, for a build, the start, recovery and comparison. */
  @Override
  public Duration limit() {
    return plan.lasting().plus(BESIDE);
  }

  @Override
  public Result run(Stage stage) throws CannotRun {
    List<FaultKind> kinds = kinds(stage);
    Product product = stage.build().product();
    stage.progress().say("starting Redis and " + NODE_COUNT + " gateways; seed " + plan.seed());
    KeptRedis redis =
        KeptRedis.start(stage.started(), plan.fsync(), stage.work(), stage.redisBinary());
    Pki pki = Pki.make(stage.started(), product, stage.work());
    List<Node> nodes = new ArrayList<>();
    for (int index = 0; index < NODE_COUNT; index++) {
      Line line = new Line(redis.port());
      nodes.add(Node.start(stage.started(), product, pki, line, index));
    }
    Scene scene = new Scene(redis, nodes, buildings(nodes.get(0), pki), pki);
    try (Timers timers = new Timers()) {
      List<Figure> figures = play(stage, scene, kinds, timers).figures();
      timers.check();
      return new Result(figures, List.of(), leftOut(kinds));
    }
  }

  /** What is there before anybody comes. */
  private record Scene(KeptRedis redis, List<Node> nodes, TwoBuildings buildings, Pki pki) {
    AuditSource audit() {
      return new AuditSource(nodes.get(0), pki.operatorToken());
    }
  }

  private TwoBuildings buildings(Node node, Pki pki) throws CannotRun {
    try (Operator operator = new Operator(node.port("http"), pki.operatorToken())) {
      TwoBuildings buildings = new TwoBuildings(operator);
      buildings.provision(plan.doors(), (int) (plan.rate() * plan.lasting().toSeconds()));
      return buildings;
    } catch (IOException e) {
      throw new CannotRun("the gateway did not answer as it should", e);
    }
  }

  private FaultFindings play(Stage stage, Scene scene, List<FaultKind> kinds, Timers timers)
      throws CannotRun {
    List<RecordingDoor> doors = doors(scene, timers);
    Phone phone = new Phone(scene.nodes(), scene.pki().operatorToken());
    Couriers couriers =
        new Couriers(
            new Couriers.World(scene.buildings(), doors, phone, NODE_COUNT),
            new Random(plan.seed()),
            timers);
    FaultPlan faults = new FaultPlan(plan.seed(), kinds, NODE_COUNT, plan.quick());
    FaultRun.Cast cast = new FaultRun.Cast(doors, couriers, scene.audit(), scene.buildings());
    return new FaultRun(stage, cast, plan).play(faults, new Breakage(scene.redis(), scene.nodes()));
  }

  private List<RecordingDoor> doors(Scene scene, Timers timers) {
    List<RecordingDoor> doors = new ArrayList<>();
    for (int index = 0; index < plan.doors(); index++) {
      doors.add(
          new RecordingDoor(
              new DoorRecord(TwoBuildings.doorId(index)),
              scene.nodes(),
              index % NODE_COUNT,
              new Random(plan.seed() + index),
              timers));
    }
    return doors;
  }

  private List<FaultKind> kinds(Stage stage) throws CannotRun {
    Set<FaultKind> kinds = EnumSet.copyOf(plan.kinds());
    if (!Signals.canLimitFiles() && kinds.remove(FaultKind.REDIS_DISK_FULL)) {
      stage.progress().say("no full disk in this run: there is no prlimit here");
    }
    if (kinds.isEmpty()) {
      throw new CannotRun("nothing is left that could break");
    }
    return List.copyOf(kinds);
  }

  /** Of what can break, each for a reader of the report. */
  static List<String> leftOut(List<FaultKind> kinds) {
    return EnumSet.complementOf(EnumSet.copyOf(kinds)).stream().map(FaultKind::title).toList();
  }
}
