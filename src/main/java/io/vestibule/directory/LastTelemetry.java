package io.vestibule.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vestibule.access.DoorId;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.json.Json;
import io.vestibule.store.Keys;
import io.vestibule.store.RedisStore;
import java.time.Duration;
import java.util.Optional;

/**
 * What each door last told of its battery, signal and contact, for seven days. Every future fails
 * only with {@link io.vestibule.store.StoreUnavailable} and completes on the caller's context.
 */
@AnyThread
public final class LastTelemetry {
  private static final Duration KEPT = Duration.ofDays(7);

  private final RedisStore store;

  public LastTelemetry(RedisStore store) {
    this.store = store;
  }

  public Future<Void> record(DoorId door, ObjectNode telemetry) {
    String keptSeconds = Long.toString(KEPT.toSeconds());
    return store
        .commandWhereRoom("SET", Keys.telemetry(door), Json.write(telemetry), "EX", keptSeconds)
        .mapEmpty();
  }

  public Future<Optional<ObjectNode>> find(DoorId door) {
    String key = Keys.telemetry(door);
    return store
        .command("GET", key)
        .map(
            store.reading(
                "telemetry",
                reply ->
                    reply
                        .optionalText()
                        .map(text -> Entries.strictly(key, () -> Entries.json(text)))
                        .filter(ObjectNode.class::isInstance)
                        .map(ObjectNode.class::cast)));
  }
}
