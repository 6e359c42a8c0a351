package io.vestibule.load.faults;

import io.vestibule.load.report.Figure;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.KeptRedis;
import io.vestibule.load.stage.Pki;
import io.vestibule.load.stage.Product;
import io.vestibule.load.stage.Scenario;
import io.vestibule.load.stage.Signals;
import io.vestibule.load.stage.Stage;
import io.vestibule.load.wire.Operator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Two gateways before one Redis, under load, while one thing after another breaks. */
public final class Faults implements Scenario {
  private static final int NODE_COUNT = 2;

  private final Plan plan;

  public Faults(Plan plan) {
    this.plan = plan;
  }

  @Override
  public List<Figure> run(Stage stage) throws CannotRun {
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
    Town town;
    try (Operator operator = new Operator(nodes.get(0).port("http"), pki.operatorToken())) {
      town = new Town(operator);
      town.provision(plan.doors(), (int) (plan.rate() * plan.lasting().toSeconds()));
    } catch (IOException e) {
      throw new CannotRun("the gateway did not answer as it should", e);
    }
    try (Timers timers = new Timers()) {
      List<Figure> figures = run(stage, redis, nodes, town, pki, timers);
      timers.check();
      return figures;
    }
  }

  private List<Figure> run(
      Stage stage, KeptRedis redis, List<Node> nodes, Town town, Pki pki, Timers timers)
      throws CannotRun {
    List<RecordingDoor> doors =
        IntStream.range(0, plan.doors())
            .mapToObj(
                index ->
                    new RecordingDoor(
                        new DoorRecord(Town.doorId(index)),
                        nodes,
                        index % NODE_COUNT,
                        new Random(plan.seed() + index),
                        timers))
            .toList();
    Couriers couriers =
        new Couriers(
            new Couriers.World(town, doors, new Phone(nodes, pki.operatorToken()), NODE_COUNT),
            new Random(plan.seed()),
            timers);
    AuditSource audit = new AuditSource(nodes.get(0), pki.operatorToken(), redis.port());
    FaultPlan faults = new FaultPlan(plan.seed(), kinds(stage), NODE_COUNT, plan.quick());
    return new Play(stage, new Play.Cast(doors, couriers, audit, town), plan)
        .play(faults, new Breakage(redis, nodes))
        .figures();
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
}
