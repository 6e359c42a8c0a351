package io.vestibule.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vestibule.access.DoorId;
import java.util.Optional;

/** What a door last told of its battery, signal and contact. */
@FunctionalInterface
public interface Telemetry {
  /**
   * As the API shows it. Fails only with {@link io.vestibule.store.StoreUnavailable}; completes on
   * the caller's context.
   */
  Future<Optional<ObjectNode>> last(DoorId door);
}
