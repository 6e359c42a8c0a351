package io.vestibule.config;

import java.util.Optional;

/**
 * Everything that a gateway is told at its start.
 *
 * @param tracing empty where nothing is traced
 */
public record Config(
    HttpConfig http,
    MqttConfig mqtt,
    ManagementConfig management,
    RedisConfig redis,
    CacheConfig cache,
    AuthConfig auth,
    SigningConfig signing,
    NodeConfig node,
    UnlockConfig unlock,
    LogConfig log,
    Optional<TracingConfig> tracing) {}
