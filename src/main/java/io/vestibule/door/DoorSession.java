package io.vestibule.door;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.vertx.core.Future;
import io.vestibule.access.DoorId;
import io.vestibule.audit.DoorEvent;
import io.vestibule.command.CommandResult;
import io.vestibule.command.CommandResult.Unsent.Cause;
import io.vestibule.command.UnlockCommand;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.metrics.Count;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.unlock.LateAck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a door and the gateway say to each other once its CONNECT is accepted. */
@LoopConfined
final class DoorSession {
  private static final int LATE_ACKS_OUTSTANDING_MAX = 16;

  private final Doorway doorway;
  private final Registration registration;
  private final DoorTopics topics;
  private final MqttWire wire;
  private final Guard guard;
  private final Consumer<Ending> end;

  private final Outflow outflow;
  private final Subscriptions subscriptions;
  private final PendingCommands commands;
  private final EventIntake events;
  private final TelemetryIntake telemetry;
  private final RequestIntake requests;
  private final Departure departure;
  private int lateAcksOutstanding;
  private boolean over;

  /** What is the connection's own and not the loop's. */
  record Line(
      Registration registration,
      MqttWire wire,
      ConnectRequest connect,
      Guard guard,
      Consumer<Ending> end) {
    DoorId door() {
      return registration.door();
    }
  }

  DoorSession(Doorway doorway, Line line) {
    this.doorway = doorway;
    this.registration = line.registration();
    this.topics = new DoorTopics(line.door());
    this.wire = line.wire();
    this.guard = line.guard();
    this.end = line.end();
    this.outflow = new Outflow(wire, bounds(line.connect()));
    this.subscriptions = new Subscriptions(topics, line.connect().mqtt5());
    this.commands = new PendingCommands(doorway, topics, outflow);
    this.events = new EventIntake(doorway, line.guard());
    this.telemetry = new TelemetryIntake(line.door(), doorway, line.guard());
    this.requests = new RequestIntake(line.door(), doorway, line.guard(), this::respond);
    this.departure = new Departure(commands, requests, doorway.parts().time());
  }

  private Outflow.Bounds bounds(ConnectRequest connect) {
    return new Outflow.Bounds(
        doorway.limits().unackedBytesMax(),
        connect.property(MqttProperties.RECEIVE_MAXIMUM, Integer.MAX_VALUE),
        connect.property(MqttProperties.MAXIMUM_PACKET_SIZE, Integer.MAX_VALUE));
  }

  Future<CommandResult> command(UnlockCommand command) {
    Optional<MqttQoS> qos = subscriptions.command();
    return over || qos.isEmpty()
        ? Future.succeededFuture(new CommandResult.Unsent(Cause.OFFLINE))
        : commands.send(command, qos.get());
  }

  /** When the door may leave, once it is asked to. */
  Departure departure() {
    return departure;
  }

  /** The connection is gone and nothing more is sent; acks may come over the door's next one. */
  void over() {
    over = true;
    registration.listening(false);
    commands.leaveBehind();
    events.over();
  }

  void receive(MqttMessage message) {
    switch (message.fixedHeader().messageType()) {
      case PUBLISH -> published((MqttPublishMessage) message);
      case PUBACK -> outflow.acknowledged(packetId(message));
      case SUBSCRIBE -> subscribe((MqttSubscribeMessage) message);
      case UNSUBSCRIBE -> unsubscribe((MqttUnsubscribeMessage) message);
      case PINGREQ -> wire.pingresp();
      case DISCONNECT -> end.accept(Ending.BY_DOOR);
      // [MQTT-3.1.0-2] a second CONNECT; QoS 2 is not granted; the rest only a server sends.
      default -> end.accept(Ending.protocol(Disconnect.PROTOCOL_ERROR));
    }
  }

  private static int packetId(MqttMessage message) {
    return ((MqttMessageIdVariableHeader) message.variableHeader()).messageId();
  }

  private void subscribe(MqttSubscribeMessage message) {
    List<MqttTopicSubscription> asked = message.payload().topicSubscriptions();
    if (asked.isEmpty()) { // [MQTT-3.8.3-3]
      end.accept(Ending.protocol(Disconnect.PROTOCOL_ERROR));
      return;
    }
    if (message
            .idAndPropertiesVariableHeader()
            .properties()
            .getProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER)
        != null) {
      end.accept(Ending.protocol(Disconnect.SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED));
      return;
    }
    List<Integer> codes = new ArrayList<>(asked.size());
    asked.forEach(filter -> codes.add(subscriptions.add(filter)));
    wire.suback(packetId(message), codes);
    registration.listening(subscriptions.command().isPresent());
  }

  private void unsubscribe(MqttUnsubscribeMessage message) {
    if (message.payload().topics().isEmpty()) { // [MQTT-3.10.3-2]
      end.accept(Ending.protocol(Disconnect.PROTOCOL_ERROR));
      return;
    }
    List<Short> codes = new ArrayList<>();
    message.payload().topics().forEach(filter -> codes.add(subscriptions.remove(filter)));
    registration.listening(subscriptions.command().isPresent());
    wire.unsuback(packetId(message), codes);
  }

  private void published(MqttPublishMessage message) {
    Optional<DoorTopics.Inbound> topic = topics.inbound(message.variableHeader().topicName());
    Optional<Disconnect> fault = fault(message, topic.isPresent());
    if (fault.isPresent() || topic.isEmpty()) {
      end.accept(Ending.protocol(fault.orElse(Disconnect.TOPIC_NAME_INVALID)));
      return;
    }
    byte[] payload = ByteBufUtil.getBytes(message.payload());
    MqttQoS qos = message.fixedHeader().qosLevel();
    int packetId = packetId(message);
    Runnable puback = () -> puback(qos, packetId); // It may wait: the message is not kept for it.
    switch (topic.get()) {
      case ACK -> ack(payload, puback);
      case EVENT -> event(payload, puback);
      case TELEMETRY -> telemetry(payload, puback);
      case REQUEST -> requests.offer(payload, puback);
    }
  }

  private static int packetId(MqttPublishMessage message) {
    return message.variableHeader().packetId();
  }

  private static Optional<Disconnect> fault(MqttPublishMessage message, boolean ownTopic) {
    if (message.fixedHeader().isRetain()) {
      return Optional.of(Disconnect.RETAIN_NOT_SUPPORTED); // [MQTT-3.2.2-14]
    }
    if (message.fixedHeader().qosLevel() == MqttQoS.EXACTLY_ONCE) {
      return Optional.of(Disconnect.QOS_NOT_SUPPORTED); // [MQTT-3.2.2-11]
    }
    if (message.variableHeader().properties().getProperty(MqttProperties.TOPIC_ALIAS) != null) {
      return Optional.of(Disconnect.TOPIC_ALIAS_INVALID); // [MQTT-3.2.2-18]
    }
    return ownTopic ? Optional.empty() : Optional.of(Disconnect.TOPIC_NAME_INVALID);
  }

  private void puback(MqttQoS qos, int packetId) {
    if (qos == MqttQoS.AT_LEAST_ONCE) {
      wire.puback(packetId);
    }
  }

  private void ack(byte[] payload, Runnable puback) {
    taken(DoorTopics.Inbound.ACK, DoorPayloads.ack(payload), puback)
        .ifPresent(ack -> acked(ack, puback));
  }

  private void acked(DoorAck ack, Runnable puback) {
    if (commands.acked(ack) || doorway.registry().leftBehind().acked(registration.door(), ack)) {
      puback.run();
    } else {
      late(ack, puback);
    }
  }

  /** What it says may be on no other record, so the door keeps it until it is on ours. */
  private void late(DoorAck ack, Runnable puback) {
    if (lateAcksOutstanding >= LATE_ACKS_OUTSTANDING_MAX) {
      doorway.parts().meters().count(Count.DOOR_PUBLISHES_DEFERRED, "full");
      return;
    }
    doorway.parts().meters().count(Count.ACKS_LATE);
    lateAcksOutstanding++;
    doorway
        .parts()
        .unlocks()
        .lateAck(new LateAck(registration.door(), ack.unlock(), ack.result().code(), ack.at()))
        .onComplete((done, failure) -> guard.run(() -> lateEnded(failure, puback)));
  }

  private void lateEnded(@Nullable Throwable failure, Runnable puback) {
    lateAcksOutstanding--;
    if (failure == null) {
      if (!over) {
        puback.run();
      }
      return;
    }
    boolean outage = failure instanceof StoreUnavailable;
    doorway
        .parts()
        .meters()
        .count(Count.DOOR_PUBLISHES_DEFERRED, outage ? "store_unavailable" : "error");
    if (!outage) {
      throw new IllegalStateException("late ack of " + registration.door(), failure);
    }
  }

  private void event(byte[] payload, Runnable puback) {
    Payload<DoorEvent> event =
        DoorPayloads.event(registration.door(), doorway.parts().time().now(), payload);
    taken(DoorTopics.Inbound.EVENT, event, puback)
        .ifPresent(taken -> events.offer(taken, payload.length, puback));
  }

  private void telemetry(byte[] payload, Runnable puback) {
    Payload<TelemetrySample> sample = DoorPayloads.telemetry(doorway.parts().time().now(), payload);
    taken(DoorTopics.Inbound.TELEMETRY, sample, puback)
        .ifPresent(
            taken -> {
              telemetry.offer(taken);
              puback.run();
            });
  }

  /** What is no good is acknowledged and counted, and reads as empty. */
  private <T> Optional<T> taken(DoorTopics.Inbound topic, Payload<T> payload, Runnable puback) {
    return payload.match(
        Optional::of,
        cause -> {
          doorway.meters().dropped(topic, cause);
          puback.run();
          return Optional.empty();
        });
  }

  /** A door that does not listen to responses, or does not keep up with them, gets none. */
  private void respond(String payload) {
    if (!over) {
      subscriptions
          .response()
          .ifPresent(
              qos -> outflow.publish(Outflow.Message.plain(topics.response(), payload), qos));
    }
  }
}
