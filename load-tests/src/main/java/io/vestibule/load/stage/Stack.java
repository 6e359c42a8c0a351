package io.vestibule.load.stage;

import java.util.HashMap;
import java.util.Map;

/** A gateway with a Redis of its own, to put load on. */
public final class Stack {
  /** Doors are opened more often than in life: a hundred times a second at most. */
  public static final int PER_DOOR_AND_MINUTE = 6_000;

  private final Gateway.Plan plan;
  private final Gateway gateway;
  private final Redis redis;

  private Stack(Gateway.Plan plan, Gateway gateway, Redis redis) {
    this.plan = plan;
    this.gateway = gateway;
    this.redis = redis;
  }

  /** The only one of a run, with certificates for so many doors; ready when it returns. */
  public static Stack alone(Stage stage, int doorCount) throws CannotRun {
    Descriptors.demandFor(doorCount, Descriptors.max());
    Product product = stage.build().product();
    stage.progress().say("making certificates for " + doorCount + " doors");
    Pki pki = Pki.make(stage.started(), product, stage.work(), doorCount);
    return start(stage, product, pki, "node-a", Map.of());
  }

  /**
   * Both are ready when it returns.
   *
   * @param more settings of the gateway beside the limit of unlocks a door
   */
  public static Stack start(
      Stage stage, Product product, Pki pki, String name, Map<String, String> more)
      throws CannotRun {
    stage.progress().say("starting Redis and the gateway " + name);
    Redis redis = Redis.start(stage.started(), stage.work(), stage.redisBinary());
    Map<String, String> settings = new HashMap<>(more);
    settings.put("VESTIBULE_UNLOCK_RATE_PER_DOOR", PER_DOOR_AND_MINUTE + "/m");
    Gateway.Plan plan = new Gateway.Plan(name, product, pki, redis.url(), settings);
    return new Stack(plan, Gateway.start(stage.started(), plan), redis);
  }

  public Target target() throws CannotRun {
    return gateway.target(plan.pki(), redis);
  }

  /** Kills the gateway; another takes its place, on the same ports and the same Redis. */
  public Stack restart(Stage stage) throws CannotRun {
    Signals.kill(gateway.process());
    Map<String, String> settings = new HashMap<>(plan.more());
    settings.put("VESTIBULE_HTTP_PORT", Integer.toString(gateway.port("http")));
    settings.put("VESTIBULE_MQTT_TLS_PORT", Integer.toString(gateway.port("mqtts")));
    settings.put("VESTIBULE_MANAGEMENT_PORT", Integer.toString(gateway.port("management")));
    Gateway.Plan again =
        new Gateway.Plan(plan.name() + "-again", plan.product(), plan.pki(), redis.url(), settings);
    return new Stack(again, Gateway.start(stage.started(), again), redis);
  }
}
