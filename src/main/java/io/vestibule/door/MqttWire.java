package io.vestibule.door;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubAckMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttReasonCodes;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vestibule.concurrent.LoopConfined;
import java.util.List;

/** The packets that go to one door; nothing is written after the end of its connection. */
@LoopConfined
final class MqttWire {
  /**
   * Far above what is owed to a door that reads: one read of 64 KiB holds at most some 800
   * publishes with a PUBACK each, and Netty counts about 100 bytes for each of these.
   */
  private static final int UNWRITTEN_BYTES_MAX = 256 * 1024;

  private final NetSocketInternal socket;
  private boolean ended;

  MqttWire(NetSocketInternal socket) {
    this.socket = socket;
    socket.setWriteQueueMaxSize(UNWRITTEN_BYTES_MAX);
  }

  /** The door does not read what is written to it. */
  boolean full() {
    return socket.writeQueueFull();
  }

  // [MQTT-3.2.2-2] No session is ever kept, so none is ever present.
  void connack(MqttConnectReturnCode code, MqttProperties properties) {
    send(
        new MqttConnAckMessage(
            header(MqttMessageType.CONNACK, MqttQoS.AT_MOST_ONCE),
            new MqttConnAckVariableHeader(code, false, properties)));
  }

  void suback(int packetId, List<Integer> codes) {
    send(
        new MqttSubAckMessage(
            header(MqttMessageType.SUBACK, MqttQoS.AT_MOST_ONCE),
            new MqttMessageIdAndPropertiesVariableHeader(packetId, MqttProperties.NO_PROPERTIES),
            new MqttSubAckPayload(codes)));
  }

  /** On MQTT 3.1.1 the codes are not written. */
  void unsuback(int packetId, List<Short> codes) {
    send(
        new MqttUnsubAckMessage(
            header(MqttMessageType.UNSUBACK, MqttQoS.AT_MOST_ONCE),
            new MqttMessageIdAndPropertiesVariableHeader(packetId, MqttProperties.NO_PROPERTIES),
            new MqttUnsubAckPayload(codes)));
  }

  void puback(int packetId) {
    send(
        new MqttPubAckMessage(
            header(MqttMessageType.PUBACK, MqttQoS.AT_MOST_ONCE),
            MqttMessageIdVariableHeader.from(packetId)));
  }

  void pingresp() {
    send(new MqttMessage(header(MqttMessageType.PINGRESP, MqttQoS.AT_MOST_ONCE)));
  }

  void publish(MqttQoS qos, MqttPublishVariableHeader variable, byte[] payload) {
    send(
        new MqttPublishMessage(
            header(MqttMessageType.PUBLISH, qos), variable, Unpooled.wrappedBuffer(payload)));
  }

  /** For MQTT 5 alone: 3.1.1 has no such packet from a server. */
  void disconnect(MqttReasonCodes.Disconnect reason) {
    send(
        new MqttMessage(
            header(MqttMessageType.DISCONNECT, MqttQoS.AT_MOST_ONCE),
            new MqttReasonCodeAndPropertiesVariableHeader(
                reason.byteValue(), MqttProperties.NO_PROPERTIES)));
  }

  /** Closes after what is written has gone out, or at once if the door does not read. */
  void end() {
    if (!ended) {
      ended = true;
      if (full()) {
        abort();
      } else {
        socket.close();
      }
    }
  }

  /** Closes without waiting for the door to read. */
  void abort() {
    ended = true;
    // From this context on, so that the socket's own handler does not wait for a flush.
    ChannelFuture unused = socket.channelHandlerContext().close();
  }

  private void send(MqttMessage message) {
    if (!ended) {
      socket.writeMessage(message);
    }
  }

  private static MqttFixedHeader header(MqttMessageType type, MqttQoS qos) {
    return new MqttFixedHeader(type, false, qos, false, 0);
  }
}
