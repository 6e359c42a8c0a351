package io.vestibule.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vestibule.access.DoorId;

/** Where a door's last telemetry is kept. */
@FunctionalInterface
public interface TelemetrySink {
  /** Replaces what is kept of the door. A failure loses one sample and is of no further effect. */
  Future<Void> record(DoorId door, ObjectNode telemetry);
}
