package io.vestibule.door;

import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import java.util.Optional;

/**
 * Why a connection ends.
 *
 * @param cause the tag value of {@link io.vestibule.metrics.Count#DOOR_DISCONNECTS}
 * @param reason what MQTT 5 is told; nothing when the door itself left
 */
record Ending(String cause, Optional<Disconnect> reason) {
  static final Ending BY_DOOR = new Ending("closed", Optional.empty());
  static final Ending KEEP_ALIVE = told("keep_alive", Disconnect.KEEP_ALIVE_TIMEOUT);
  static final Ending TAKEN_OVER = told("taken_over", Disconnect.SESSION_TAKEN_OVER);
  static final Ending DELETED = told("deleted", Disconnect.ADMINISTRATIVE_ACTION);
  static final Ending EXPIRED = told("expired", Disconnect.MAXIMUM_CONNECT_TIME);
  static final Ending UNREAD = told("unread", Disconnect.QUOTA_EXCEEDED);
  static final Ending DRAINED = told("drained", Disconnect.USE_ANOTHER_SERVER);
  static final Ending SHUT_DOWN = told("drained", Disconnect.SERVER_SHUTTING_DOWN);
  static final Ending BUG = told("error", Disconnect.IMPLEMENTATION_SPECIFIC_ERROR);

  /** The door broke the protocol, or one of our rules that MQTT 5 has a code for. */
  static Ending protocol(Disconnect reason) {
    return told("protocol", reason);
  }

  private static Ending told(String cause, Disconnect reason) {
    return new Ending(cause, Optional.of(reason));
  }
}
