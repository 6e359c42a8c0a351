package io.vestibule.door;

import io.vestibule.config.Rate;
import java.time.Duration;

/**
 * The bounds of the door edge.
 *
 * @param connectTimeout from the end of the handshake to the answer to CONNECT
 * @param commandsOutstandingMax commands to one door that await its ack
 * @param unackedBytesMax bytes written to one door that await its PUBACK
 * @param requestsOutstandingMax couriers' requests of one door that await their outcome
 * @param eventsOutstandingMax events of one door that await the audit log
 * @param eventBytesOutstandingMax the payloads of these events
 * @param eventRate events of one door that go to the audit log, over whichever connections: as many
 *     at once, and as many again over each such stretch; the others wait within the two bounds
 *     before. As often it may connect
 * @param connectionsMax connections of this node, those in their handshake included
 * @param idleMax how long a door without keep-alive may be silent
 * @param sweepEvery how often keep-alives and certificates are looked at
 */
public record DoorLimits(
    int packetBytesMax,
    Duration connectTimeout,
    Duration handshakeTimeout,
    int commandsOutstandingMax,
    int unackedBytesMax,
    int requestsOutstandingMax,
    int eventsOutstandingMax,
    int eventBytesOutstandingMax,
    Rate eventRate,
    int connectionsMax,
    Duration idleMax,
    Duration sweepEvery) {
  private static final int DESCRIPTORS_RESERVED = 500;

  /** An event with each member at its longest takes 141. */
  private static final int EVENT_BYTES = 160;

  private static final int RECEIVE_MAXIMUM_MAX = 65_535;

  /** Of the descriptors that doors may take, some are left for Redis, management and the log. */
  public static DoorLimits standard(int descriptorsMax) {
    return new DoorLimits(
        16 * 1024,
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        16,
        64 * 1024,
        64,
        1_000,
        64 * 1024,
        // Ten a second is more than a door moves; the rest of an outage's backlog follows slowly.
        new Rate(600, Duration.ofMinutes(1)),
        Math.max(1, descriptorsMax - DESCRIPTORS_RESERVED),
        Duration.ofHours(1),
        Duration.ofSeconds(1));
  }

  /**
   * The publishes that an MQTT 5 door may leave unacknowledged: so few that its events fit, and far
   * more than wait in a healthy hour, for the acks of unlocks share this window with them.
   */
  int receiveMaximum() {
    int events = Math.min(eventsOutstandingMax, eventBytesOutstandingMax / EVENT_BYTES);
    return Math.max(1, Math.min(RECEIVE_MAXIMUM_MAX, events));
  }
}
