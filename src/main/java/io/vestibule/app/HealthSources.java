package io.vestibule.app;

import io.vestibule.cluster.Cluster;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.directory.NearCachedDirectory;
import io.vestibule.door.DoorServer;
import io.vestibule.health.Cause;
import io.vestibule.health.Dependency;
import io.vestibule.health.HealthBoard;
import io.vestibule.health.Standing;
import io.vestibule.health.State;
import io.vestibule.http.ApiServer;
import io.vestibule.http.BearerAuth;
import io.vestibule.store.FailureCause;
import io.vestibule.store.RedisStore;
import io.vestibule.time.Time;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Tells from memory how each thing does that the gateway stands on.
 *
 * @param lifecycle of the process itself
 */
@AnyThread
record HealthSources(
    Supplier<Standing> lifecycle,
    RedisStore store,
    NearCachedDirectory cached,
    Cluster cluster,
    BearerAuth auth,
    ApiServer api,
    DoorServer doors,
    LoopBeats loops) {

  HealthBoard board(Time time) {
    return new HealthBoard(
        time,
        Map.of(
            Dependency.GATEWAY, lifecycle,
            Dependency.REDIS, this::redis,
            Dependency.REDIS_APPEND_ONLY, this::appendOnly,
            Dependency.NEAR_CACHE, this::nearCache,
            Dependency.CLUSTER, this::reached,
            Dependency.HTTP_LISTENER, () -> listening(api.listening()),
            Dependency.MQTT_LISTENER, () -> listening(doors.listening()),
            Dependency.JWKS, this::keys,
            Dependency.EVENT_LOOPS, loops::standing));
  }

  /** Of several loops some may be connected, and serve what comes to them. */
  private Standing redis() {
    return store
        .trouble()
        .map(
            cause -> Standing.of(store.partlyConnected() ? State.DEGRADED : State.DOWN, why(cause)))
        .orElseGet(Standing::up);
  }

  private static Standing.Why why(FailureCause cause) {
    return new Standing.Why(cause.code(), cause.remedy());
  }

  private Standing appendOnly() {
    if (!store.greeted()) {
      return Standing.degraded(Cause.NOT_KNOWN);
    }
    return store.appendOnly() ? Standing.up() : Standing.degraded(Cause.NO_APPEND_ONLY_FILE);
  }

  private Standing nearCache() {
    return cached.fromMemory() ? Standing.up() : Standing.degraded(Cause.READS_REDIS);
  }

  private Standing reached() {
    return cluster.reachable() ? Standing.up() : Standing.degraded(Cause.NOT_REACHED);
  }

  private static Standing listening(boolean listens) {
    return listens ? Standing.up() : Standing.down(Cause.NOT_LISTENING);
  }

  private Standing keys() {
    BearerAuth.KeysRead read = auth.keysRead();
    return (read.failing() ? Standing.degraded(Cause.KEYS_NOT_READ) : Standing.up())
        .with("read at " + read.at());
  }
}
