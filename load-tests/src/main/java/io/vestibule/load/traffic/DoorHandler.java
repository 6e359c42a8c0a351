package io.vestibule.load.traffic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttPubAckMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.vestibule.load.wire.Command;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A door: connects, subscribes to its commands, and says at once that it opened. Its event loop
 * owns it.
 */
final class DoorHandler extends SimpleChannelInboundHandler<MqttMessage> {
  /** The longest that the protocol knows, 18 h: longer than any run. */
  private static final int KEEP_ALIVE_SECONDS = 0xFFFF;

  private static final int PACKET_ID_MAX = 0xFFFF;
  private static final String CLOSED = "closed by the other side";

  private final int number;
  private final String id;
  private final Listener listener;
  private @Nullable ChannelHandlerContext context;
  private int lastPacketId;

  /** Told on the event loop. */
  interface Listener {
    /** It takes commands from now on. */
    void ready(DoorHandler door);

    /** It is not connected any more, or could not be; more than once is once too often. */
    void gone(DoorHandler door, String why);

    /** It was told to open, and has answered. */
    void commanded(DoorHandler door, Command command, String jws);

    /** A message of its own with QoS 1 is safe. */
    void acknowledged();
  }

  DoorHandler(int number, Listener listener) {
    this.number = number;
    this.id = City.door(number);
    this.listener = listener;
  }

  int number() {
    return number;
  }

  String id() {
    return id;
  }

  /** Without a word, as a door that lost its power. */
  void close() {
    if (context != null) {
      context.close();
    }
  }

  /** A message of its own, on {@code door/ID/KIND}; whether it is connected. */
  boolean publish(String kind, MqttQoS qos, String payload) {
    ChannelHandlerContext connected = context;
    if (connected == null) {
      return false;
    }
    connected.writeAndFlush(message(kind, qos, payload), connected.voidPromise());
    return true;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext from, Object event) {
    if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
      return;
    }
    if (!handshake.isSuccess()) {
      // Else its own time-out would look as if the other side had closed.
      listener.gone(this, "no TLS: " + why(handshake.cause()));
    } else {
      context = from;
      from.writeAndFlush(
          MqttMessageBuilders.connect()
              .protocolVersion(MqttVersion.MQTT_3_1_1)
              .clientId(id)
              .cleanSession(true)
              .keepAlive(KEEP_ALIVE_SECONDS)
              .build());
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext from, MqttMessage message) throws IOException {
    if (message.decoderResult().isFailure()) {
      throw new IOException("not MQTT", message.decoderResult().cause());
    }
    if (message instanceof MqttPublishMessage command) {
      commanded(from, command);
    } else if (message instanceof MqttConnAckMessage answer) {
      connected(from, answer.variableHeader().connectReturnCode());
    } else if (message instanceof MqttSubAckMessage) {
      listener.ready(this);
    } else if (message instanceof MqttPubAckMessage) {
      listener.acknowledged();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext closed) {
    context = null;
    listener.gone(this, CLOSED);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
    listener.gone(this, why(cause));
    failed.close();
  }

  /** Some have no message. */
  private static String why(Throwable cause) {
    return cause instanceof ClosedChannelException
        ? CLOSED
        : Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
  }

  private void connected(ChannelHandlerContext from, MqttConnectReturnCode code)
      throws IOException {
    if (code != MqttConnectReturnCode.CONNECTION_ACCEPTED) {
      throw new IOException("refused: " + code);
    }
    from.writeAndFlush(
        MqttMessageBuilders.subscribe()
            .messageId(nextPacketId())
            .addSubscription(MqttQoS.AT_LEAST_ONCE, "door/" + id + "/command")
            .build());
  }

  /** Acknowledgement and answer leave together. */
  private void commanded(ChannelHandlerContext from, MqttPublishMessage command)
      throws IOException {
    String jws = command.payload().toString(StandardCharsets.US_ASCII);
    Command read = Command.read(jws);
    from.write(
        MqttMessageBuilders.pubAck().packetId(command.variableHeader().packetId()).build(),
        from.voidPromise());
    from.writeAndFlush(
        message("ack", MqttQoS.AT_LEAST_ONCE, read.ack("opened")), from.voidPromise());
    listener.commanded(this, read, jws);
  }

  private MqttPublishMessage message(String kind, MqttQoS qos, String payload) {
    ByteBuf bytes = Unpooled.wrappedBuffer(payload.getBytes(StandardCharsets.UTF_8));
    return MqttMessageBuilders.publish()
        .topicName("door/" + id + "/" + kind)
        .qos(qos)
        .messageId(qos == MqttQoS.AT_MOST_ONCE ? 0 : nextPacketId())
        .payload(bytes)
        .build();
  }

  private int nextPacketId() {
    lastPacketId = lastPacketId % PACKET_ID_MAX + 1;
    return lastPacketId;
  }
}
