package io.vestibule.store;

import io.vertx.core.Future;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vestibule.config.RedisConfig;
import java.net.URI;
import java.util.List;

/** Finds every server on which a key may be written: one, but for a cluster's primaries. */
final class TrackingTargets {
  private final RedisConfig config;
  private final StoreLimits limits;
  private final RedisStore store;

  TrackingTargets(RedisConfig config, StoreLimits limits, RedisStore store) {
    this.config = config;
    this.limits = limits;
    this.store = store;
  }

  /** What is to be tracked now; it is no longer enough once {@link #map} differs. */
  record Found(SlotMap map, List<TrackingTarget> targets) {}

  /** Fails where changes might go untold, as while a cluster's slots move to a new primary. */
  Future<Found> find() {
    return map().map(map -> new Found(map, targets(map)));
  }

  /** Which server owns which slots at present; empty where there is no cluster. */
  Future<SlotMap> map() {
    return config.mode() == RedisConfig.Mode.CLUSTER
        ? store
            .pipelined(List.of(Call.of("CLUSTER", "SLOTS"), Call.of("CLUSTER", "NODES")))
            .map(replies -> SlotMap.read(replies.get(0), replies.get(1).text()))
        : Future.succeededFuture(SlotMap.none());
  }

  /** The server that the slot of the tag is on at present. */
  Future<TrackingTarget> owning(String slotTag) {
    return config.mode() == RedisConfig.Mode.CLUSTER
        ? store
            .command("CLUSTER", "SLOTS")
            .map(slots -> SlotMap.primary(slots, ClusterSlot.ofTag(slotTag)))
            .map(address -> new TrackingTarget(options(standalone(address)), slotTag))
        : Future.succeededFuture(
            new TrackingTarget(options(Endpoints.options(config, limits)), slotTag));
  }

  private List<TrackingTarget> targets(SlotMap map) {
    if (config.mode() != RedisConfig.Mode.CLUSTER) {
      return List.of(new TrackingTarget(options(Endpoints.options(config, limits)), ""));
    }
    return map.primaries().entrySet().stream()
        .map(
            primary ->
                new TrackingTarget(
                    options(standalone(primary.getKey())), ClusterSlot.tagOf(primary.getValue())))
        .toList();
  }

  private RedisOptions standalone(String address) {
    URI configured = URI.create(config.endpoints().get(0));
    return Endpoints.options(config, limits)
        .setType(RedisClientType.STANDALONE)
        .setEndpoints(List.of(at(configured, address)));
  }

  /** What pushes messages is RESP3. */
  private static RedisOptions options(RedisOptions options) {
    return options.setPreferredProtocolVersion(ProtocolVersion.RESP3);
  }

  /** The configured scheme, user, password and parameters at another address. */
  private static String at(URI configured, String address) {
    String user = configured.getRawUserInfo() == null ? "" : configured.getRawUserInfo() + "@";
    String query = configured.getRawQuery() == null ? "" : "?" + configured.getRawQuery();
    return configured.getScheme() + "://" + user + address + configured.getRawPath() + query;
  }
}
