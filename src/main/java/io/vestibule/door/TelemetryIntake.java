package io.vestibule.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.access.DoorId;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.Optional;

/**
 * One door's telemetry on its way to the sink: one write at a time, and the latest wins. On its way
 * into the fleet's distributions it is paced, so that a door that sends more does not count for
 * more.
 */
@LoopConfined
final class TelemetryIntake {
  private static final long OBSERVED_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  private final DoorId door;
  private final TelemetrySink sink;
  private final DoorMeters meters;
  private final Time time;
  private final Guard guard;
  private Optional<ObjectNode> next = Optional.empty();
  private boolean writing;
  private long batteryFromNanos;
  private long signalFromNanos;

  TelemetryIntake(DoorId door, Doorway doorway, Guard guard) {
    this.door = door;
    this.sink = doorway.parts().telemetry();
    this.meters = doorway.meters();
    this.time = doorway.parts().time();
    this.guard = guard;
    // Not at once, or a door would count for more by connecting again and again.
    this.batteryFromNanos = time.nanoTime() + OBSERVED_EVERY_NANOS;
    this.signalFromNanos = batteryFromNanos;
  }

  void offer(TelemetrySample sample) {
    meters.telemetry();
    observe(sample);
    next = Optional.of(sample.json());
    if (!writing) {
      write();
    }
  }

  /** Each by itself: a door may tell the one more often than the other. */
  private void observe(TelemetrySample sample) {
    long now = time.nanoTime();
    // Subtract before comparing: nanoTime may wrap.
    if (sample.battery().isPresent() && now - batteryFromNanos >= 0) {
      batteryFromNanos = now + OBSERVED_EVERY_NANOS;
      meters.battery(sample.battery().get());
    }
    if (sample.rssi().isPresent() && now - signalFromNanos >= 0) {
      signalFromNanos = now + OBSERVED_EVERY_NANOS;
      meters.signal(sample.rssi().get());
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
