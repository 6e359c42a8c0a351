package io.vestibule.config;

/** Everything that a gateway is told at its start. */
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
    LogConfig log) {}
