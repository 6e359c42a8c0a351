package io.vestibule.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.access.DoorId;
import io.vestibule.concurrent.LoopConfined;
import java.util.Optional;

/** One door's telemetry on its way to the sink: one write at a time, and the latest wins. */
@LoopConfined
final class TelemetryIntake {
  private final DoorId door;
  private final TelemetrySink sink;
  private final Guard guard;
  private Optional<ObjectNode> next = Optional.empty();
  private boolean writing;

  TelemetryIntake(DoorId door, TelemetrySink sink, Guard guard) {
    this.door = door;
    this.sink = sink;
    this.guard = guard;
  }

  void offer(ObjectNode telemetry) {
    next = Optional.of(telemetry);
    if (!writing) {
      write();
    }
  }

  private void write() {
    ObjectNode telemetry = next.orElseThrow();
    next = Optional.empty();
    writing = true;
    // A sample that is lost is made good by the next one.
    sink.record(door, telemetry).onComplete((done, failure) -> guard.run(this::written));
  }

  private void written() {
    writing = false;
    if (next.isPresent()) {
      write();
    }
  }
}
