package io.vestibule.load.revocation;

import io.vestibule.load.report.Result;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Gateway;
import io.vestibule.load.stage.Pki;
import io.vestibule.load.stage.Product;
import io.vestibule.load.stage.Progress;
import io.vestibule.load.stage.Redis;
import io.vestibule.load.stage.Scenario;
import io.vestibule.load.stage.Stage;
import io.vestibule.load.wire.Door;
import io.vestibule.load.wire.HttpConnection;
import io.vestibule.load.wire.Operator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Two gateways before one Redis: changes on the first, requests on both. */
public final class Revocation implements Scenario {
  private static final int NODE_COUNT = 2;

  /** By far more openings than a building has: the rate is not what is measured. */
  private static final Map<String, String> SETTINGS =
      Map.of("VESTIBULE_UNLOCK_RATE_PER_DOOR", "1000000/s");

  /** Several times what one takes. */
  private static final Duration CHANGE_LIMIT = Duration.ofMillis(200);

  private final int changeCount;
  private final int warmUpCount;

  public Revocation(int changeCount, int warmUpCount) {
    this.changeCount = changeCount;
    this.warmUpCount = warmUpCount;
  }

  @Override
  public Duration limit() {
    return Scenario.super.limit().plus(CHANGE_LIMIT.multipliedBy(changeCount));
  }

  @Override
  public Result run(Stage stage) throws CannotRun {
    Product product = stage.build().product();
    stage.progress().say("starting Redis and " + NODE_COUNT + " gateways");
    Redis redis = Redis.start(stage.started(), stage.work(), stage.redisBinary());
    Pki pki = Pki.make(stage.started(), product, stage.work());
    List<Gateway> nodes = new ArrayList<>();
    for (int node = 0; node < NODE_COUNT; node++) {
      String name = "node-" + (char) ('a' + node);
      Gateway.Plan plan = new Gateway.Plan(name, product, pki, redis.url(), SETTINGS);
      nodes.add(Gateway.start(stage.started(), plan));
    }
    try (Operator operator = new Operator(nodes.get(0).port("http"), pki.operatorToken());
        RedisWrites writes = new RedisWrites(redis.port())) {
      Sightings seen = run(stage, nodes, operator, writes);
      return new Result(seen.figures(), List.of(seen.chart()));
    } catch (IOException e) {
      throw new CannotRun("the gateway did not answer as it should", e);
    }
  }

  private Sightings run(Stage stage, List<Gateway> nodes, Operator operator, RedisWrites writes)
      throws CannotRun, IOException {
    ChangingBuilding building = new ChangingBuilding(operator, NODE_COUNT);
    building.provision();
    List<List<HttpConnection>> connections = new ArrayList<>();
    for (int node = 0; node < NODE_COUNT; node++) {
      int port = nodes.get(node).port("http");
      connections.add(List.of(new HttpConnection(port), new HttpConnection(port)));
      Door.connect(
          nodes.get(node).port("mqtt"), ChangingBuilding.doorOf(node), ChangingBuilding.SECRET);
    }
    try (Observer observer = new Observer(building, operator, writes, connections)) {
      make("changes to warm up", warmUpCount, observer, stage.progress());
      stage.hiccups().forget();
      return make("changes", changeCount, observer, stage.progress());
    }
  }

  private static Sightings make(String what, int count, Observer observer, Progress progress)
      throws CannotRun, IOException {
    Sightings tally = new Sightings(NODE_COUNT);
    for (int number = 0; number < count; number++) {
      observer.observe(number, tally);
      progress.count(what, number + 1, count);
    }
    return tally;
  }
}
