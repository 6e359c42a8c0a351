package io.vestibule.config;

import java.util.List;

/** Which Redis: its kind, its endpoints, or one that the gateway starts itself. */
public record RedisConfig(Mode mode, List<String> endpoints, boolean embedded) {
  public RedisConfig {
    endpoints = List.copyOf(endpoints);
  }

  /** The kind of deployment. */
  public enum Mode {
    STANDALONE,
    SENTINEL,
    CLUSTER
  }
}
