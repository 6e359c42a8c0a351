package io.vestibule.health;

import java.util.Locale;

/** What the gateway stands on, in the order in which it is told; docs/HEALTH.md is made from it. */
public enum Dependency {
  GATEWAY(true, "This process: started, and not on its way out."),
  REDIS(true, "Where everything is kept: connected on every event loop that uses it."),
  REDIS_APPEND_ONLY(false, "Whether a restart of Redis keeps attempts and used grants."),
  NEAR_CACHE(false, "Whether decisions stand on memory, as Redis tells of every change."),
  CLUSTER(false, "Whether other gateways reach this one, and so its doors."),
  HTTP_LISTENER(true, "The ports of the HTTP API."),
  MQTT_LISTENER(true, "The ports that doors connect to."),
  JWKS(
      false,
      "The keys that bearer tokens are verified with, as `auth.jwks` was last read; read again every"
          + " 5 minutes."),
  EVENT_LOOPS(false, "Whether every event loop comes round within 2 s.");

  private final boolean essential;
  private final String description;

  Dependency(boolean essential, String description) {
    this.essential = essential;
    this.description = description;
  }

  /** As in JSON: {@code redis_append_only}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether no door can be opened while it is down. */
  public boolean essential() {
    return essential;
  }

  public String description() {
    return description;
  }
}
