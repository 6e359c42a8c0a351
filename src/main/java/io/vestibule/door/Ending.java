package io.vestibule.door;

import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import java.util.Optional;

/**
 * Why a connection ends.
 *
 * @param cause what it counts as
 * @param reason what MQTT 5 is told; nothing when the door itself left
 */
record Ending(EndingCause cause, Optional<Disconnect> reason) {
  static final Ending BY_DOOR = new Ending(EndingCause.CLOSED, Optional.empty());
  static final Ending KEEP_ALIVE = told(EndingCause.KEEP_ALIVE, Disconnect.KEEP_ALIVE_TIMEOUT);
  static final Ending TAKEN_OVER = told(EndingCause.TAKEN_OVER, Disconnect.SESSION_TAKEN_OVER);
  static final Ending DELETED = told(EndingCause.DELETED, Disconnect.ADMINISTRATIVE_ACTION);
  static final Ending EXPIRED = told(EndingCause.EXPIRED, Disconnect.MAXIMUM_CONNECT_TIME);
  static final Ending UNREAD = told(EndingCause.UNREAD, Disconnect.QUOTA_EXCEEDED);
  static final Ending DRAINED = told(EndingCause.DRAINED, Disconnect.USE_ANOTHER_SERVER);
  static final Ending SHUT_DOWN = told(EndingCause.DRAINED, Disconnect.SERVER_SHUTTING_DOWN);
  static final Ending BUG = told(EndingCause.ERROR, Disconnect.IMPLEMENTATION_SPECIFIC_ERROR);

  /** The door broke the protocol, or one of our rules that MQTT 5 has a code for. */
  static Ending protocol(Disconnect reason) {
    return told(EndingCause.PROTOCOL, reason);
  }

  private static Ending told(EndingCause cause, Disconnect reason) {
    return new Ending(cause, Optional.of(reason));
  }
}
