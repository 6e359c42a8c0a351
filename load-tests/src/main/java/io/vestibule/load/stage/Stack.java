package io.vestibule.load.stage;

import java.util.HashMap;
import java.util.Map;

/** A gateway with a Redis of its own, to put load on. */
public record Stack(Gateway gateway, Target target) {
  /** Doors are opened more often than in life: a hundred times a second at most. */
  public static final int PER_DOOR_AND_MINUTE = 6_000;

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
    Gateway gateway =
        Gateway.start(stage.started(), new Gateway.Plan(name, product, pki, redis.url(), settings));
    return new Stack(gateway, gateway.target(pki, redis));
  }
}
