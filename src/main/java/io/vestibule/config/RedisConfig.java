package io.vestibule.config;

import java.util.List;

/** Which Redis: its kind, its endpoints, or one that the gateway starts itself; how sure it is. */
public record RedisConfig(
    Mode mode, List<String> endpoints, boolean embedded, Durability durability) {
  public RedisConfig {
    endpoints = List.copyOf(endpoints);
  }

  /** With what is written in the primary alone. */
  public RedisConfig(Mode mode, List<String> endpoints, boolean embedded) {
    this(mode, endpoints, embedded, Durability.PRIMARY);
  }

  /** The kind of deployment. */
  public enum Mode {
    STANDALONE,
    SENTINEL,
    CLUSTER
  }
}
