package io.vestibule.door;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vestibule.concurrent.LoopConfined;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What is published to one door and not yet acknowledged: packet ids and bytes, both bounded. */
@LoopConfined
final class Outflow {
  private static final int PACKET_ID_MAX = 65_535;

  /** The fixed header, the packet id, and the lengths of topic and properties. */
  private static final int OVERHEAD_BYTES = 16;

  private final MqttWire wire;
  private final Bounds bounds;
  private final Map<Integer, Integer> unackedBytesById = new HashMap<>();
  private int unackedBytes;
  private int lastPacketId;

  /**
   * How much may be on its way.
   *
   * @param receiveMaximum publishes that await their PUBACK, as MQTT 5 doors set it
   * @param packetBytesMax the largest packet that an MQTT 5 door takes
   */
  record Bounds(int unackedBytesMax, int receiveMaximum, int packetBytesMax) {}

  /** One message in ASCII; its size is its own, properties counted roughly. */
  record Message(String topic, String payload, MqttProperties properties, int propertyBytes) {
    static Message plain(String topic, String payload) {
      return new Message(topic, payload, MqttProperties.NO_PROPERTIES, 0);
    }

    int bytes() {
      return OVERHEAD_BYTES + topic.length() + payload.length() + propertyBytes;
    }
  }

  Outflow(MqttWire wire, Bounds bounds) {
    this.wire = wire;
    this.bounds = bounds;
  }

  /**
   * Writes unless the door has too much to read or to acknowledge; false if nothing was written.
   */
  boolean publish(Message message, MqttQoS qos) {
    int bytes = message.bytes();
    if (!admits(bytes)) {
      return false;
    }
    int packetId = 0;
    if (qos == MqttQoS.AT_LEAST_ONCE) {
      packetId = freePacketId();
      unackedBytesById.put(packetId, bytes);
      unackedBytes += bytes;
    }
    wire.publish(
        qos,
        new MqttPublishVariableHeader(message.topic(), packetId, message.properties()),
        message.payload().getBytes(StandardCharsets.UTF_8));
    return true;
  }

  /** Ids that are not in flight are ignored. */
  void acknowledged(int packetId) {
    Integer bytes = unackedBytesById.remove(packetId);
    if (bytes != null) {
      unackedBytes -= bytes;
    }
  }

  private boolean admits(int bytes) {
    return !wire.full()
        && bytes <= bounds.packetBytesMax()
        && unackedBytes + bytes <= bounds.unackedBytesMax()
        // [MQTT-3.3.4-9]
        && unackedBytesById.size() < bounds.receiveMaximum();
  }

  // [MQTT-2.2.1-3] An id in flight is not used again. One is always free: the bytes run out first.
  private int freePacketId() {
    do {
      lastPacketId = lastPacketId % PACKET_ID_MAX + 1;
    } while (unackedBytesById.containsKey(lastPacketId));
    return lastPacketId;
  }
}
