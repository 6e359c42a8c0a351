package io.vestibule.store;

import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.RedisRole;
import io.vestibule.config.RedisConfig;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Turns the configured endpoints into the client's options, and into text fit for a log. */
final class Endpoints {
  private static final String MASTER_DEFAULT = "mymaster";
  private static final String MASTER_PARAMETER = "master=";
  // The client looks for a cluster's slots over a second connection to a node that it is already
  // connected to: with a pool of one it would wait for ever.
  private static final int POOL_SIZE_MAX = 4;

  private Endpoints() {}

  static RedisOptions options(RedisConfig config, StoreLimits limits) {
    RedisOptions options =
        new RedisOptions()
            .setType(type(config.mode()))
            .setNetClientOptions(net(limits))
            // RESP2 has no push messages outside subscriptions, and one that arrives while a
            // command is in flight would take that command's reply.
            .setPreferredProtocolVersion(ProtocolVersion.RESP2)
            .setMaxPoolSize(POOL_SIZE_MAX)
            .setMaxPoolWaiting(64)
            .setMaxWaitingHandlers(limits.waitingCountMax() + 16);
    for (String endpoint : config.endpoints()) {
      options.addConnectionString(endpoint);
    }
    if (config.mode() == RedisConfig.Mode.SENTINEL) {
      options.setRole(RedisRole.MASTER).setMasterName(master(config.endpoints()));
    }
    return options;
  }

  /** Hosts and ports alone: an endpoint may hold a password. */
  static String describe(RedisConfig config) {
    return config.endpoints().stream()
        .map(URI::create)
        .map(uri -> uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort())
        .collect(Collectors.joining(", "));
  }

  private static NetClientOptions net(StoreLimits limits) {
    return new NetClientOptions()
        .setConnectTimeout((int) limits.commandTimeout().toMillis())
        .setTcpNoDelay(true)
        .setTcpKeepAlive(true)
        // Applies to rediss:// only; the certificate must name the host and be trusted by the JDK.
        .setHostnameVerificationAlgorithm("HTTPS");
  }

  private static RedisClientType type(RedisConfig.Mode mode) {
    return switch (mode) {
      case STANDALONE -> RedisClientType.STANDALONE;
      case SENTINEL -> RedisClientType.SENTINEL;
      case CLUSTER -> RedisClientType.CLUSTER;
    };
  }

  /** From {@code ?master=name} at any endpoint. */
  private static String master(List<String> endpoints) {
    return endpoints.stream()
        .map(endpoint -> String.valueOf(URI.create(endpoint).getQuery()))
        .flatMap(query -> Arrays.stream(query.split("&", -1)))
        .filter(parameter -> parameter.startsWith(MASTER_PARAMETER))
        .map(parameter -> parameter.substring(MASTER_PARAMETER.length()))
        .findFirst()
        .orElse(MASTER_DEFAULT);
  }
}
