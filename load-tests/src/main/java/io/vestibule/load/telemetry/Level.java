package io.vestibule.load.telemetry;

import io.vestibule.load.metrics.Change;
import io.vestibule.load.traffic.Stretch;
import io.vestibule.load.traffic.TelemetryStream.Sent;

/**
 * Unlocks beside telemetry at one rate.
 *
 * @param rate of telemetry, a second; 0 for none
 * @param change what the gateway's metrics say, once it has all that was sent or did not get it
 * @param acknowledged messages with QoS 1
 */
record Level(int rate, Stretch unlocks, Sent sent, Change change, long acknowledged) {
  private static final String DROPPED = "vestibule_door_payloads_dropped_total";

  double takenIn() {
    return change.of("vestibule_door_telemetry_total");
  }

  /** What doors sent, and the gateway did not count. */
  double lostCount() {
    return Math.abs(sent.count() - takenIn());
  }

  double droppedCount() {
    return change.of(DROPPED, "topic=\"telemetry\"");
  }

  double yieldedCount() {
    return change.of("vestibule_store_yielded_total");
  }

  /** Processor time beyond that of unlocks alone, in microseconds a message. */
  double microsEach(Level without) {
    double more =
        unlocks.microsEachInAll() * unlocks.tally().dueCount()
            - without.unlocks().microsEachInAll() * unlocks.tally().dueCount();
    return more / sent.count();
  }
}
