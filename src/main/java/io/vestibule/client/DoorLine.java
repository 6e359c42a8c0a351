package io.vestibule.client;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttConnectionException;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.MqttSubAckMessage;
import io.vestibule.access.DoorId;
import io.vestibule.concurrent.LoopConfined;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A door's MQTT connection, kept up with a jittered back-off until it is stopped. */
@LoopConfined
final class DoorLine {
  private static final Duration CONNACK_TIMEOUT = Duration.ofSeconds(15);
  private static final int SUBSCRIPTION_REFUSED = 0x80;

  private final Vertx vertx;
  private final DoorLink link;
  private final DoorId door;
  private final Listener listener;
  private final BackOff backOff = new BackOff(ThreadLocalRandom.current());
  // Two, so that events which the gateway cannot take now never hold up an ack.
  private final Outbox acks = new Outbox();
  private final Outbox reports = new Outbox();

  private boolean wanted;
  private long retryTimer = -1;
  private Optional<MqttClient> connection = Optional.empty();
  private boolean up;

  /** Hears what happens on the line, on the door's loop. */
  interface Listener {
    void up();

    void down();

    /** In words for the terminal. */
    void trouble(String why);

    void received(String channel, Buffer payload);
  }

  DoorLine(Vertx vertx, DoorId door, DoorLink link, Listener listener) {
    this.vertx = vertx;
    this.door = door;
    this.link = link;
    this.listener = listener;
  }

  void start() {
    if (!wanted) {
      wanted = true;
      connect();
    }
  }

  /** Says goodbye and stays down. */
  Future<Void> stop() {
    wanted = false;
    vertx.cancelTimer(retryTimer);
    Optional<MqttClient> client = connection;
    return client.map(MqttClient::disconnect).orElse(Future.succeededFuture());
  }

  /** Kept until acknowledged; false when too many are kept already. */
  boolean ack(Buffer payload) {
    return acks.offer(topic("ack"), payload);
  }

  /** Kept until acknowledged; false when too many are kept already. */
  boolean report(String channel, Buffer payload) {
    return reports.offer(topic(channel), payload);
  }

  /** Sent at QoS 0 if the line is up, else dropped. */
  void mention(String channel, Buffer payload) {
    if (up) {
      connection.ifPresent(
          client -> client.publish(topic(channel), payload, MqttQoS.AT_MOST_ONCE, false, false));
    }
  }

  private void connect() {
    MqttClient client = MqttClient.create(vertx, link.options(door));
    connection = Optional.of(client);
    client
        .publishHandler(this::received)
        .publishCompletionHandler(packetId -> acknowledged(client, packetId))
        .publishCompletionExpirationHandler(packetId -> unanswered(client, packetId))
        .subscribeCompletionHandler(suback -> subscribed(client, suback))
        .closeHandler(nothing -> lost(client, "the gateway closed the connection"));
    client
        .connect(link.port(), link.host())
        .timeout(CONNACK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .compose(connack -> client.subscribe(Map.of(topic("command"), 1, topic("response"), 1)))
        .onFailure(
            failure -> {
              client.disconnect();
              lost(client, words(failure));
            });
  }

  private void subscribed(MqttClient client, MqttSubAckMessage suback) {
    if (suback.grantedQoSLevels().contains(SUBSCRIPTION_REFUSED)) {
      listener.trouble("the gateway refused the subscription");
      client.disconnect();
      return;
    }
    backOff.reset();
    up = true;
    acks.lineUp((topic, payload) -> publish(client, topic, payload));
    reports.lineUp((topic, payload) -> publish(client, topic, payload));
    listener.up();
  }

  private static Future<Integer> publish(MqttClient client, String topic, Buffer payload) {
    return client.publish(topic, payload, MqttQoS.AT_LEAST_ONCE, false, false);
  }

  private void received(MqttPublishMessage message) {
    String prefix = "door/" + door + "/";
    if (message.topicName().startsWith(prefix)) {
      listener.received(message.topicName().substring(prefix.length()), message.payload());
    }
  }

  private void acknowledged(MqttClient client, int packetId) {
    if (current(client)) {
      acks.acknowledged(packetId);
      reports.acknowledged(packetId);
    }
  }

  private void unanswered(MqttClient client, int packetId) {
    if (current(client) && up) {
      acks.unanswered(packetId);
      reports.unanswered(packetId);
    }
  }

  /** The old client's timers outlive it: what they say of a connection that is gone is ignored. */
  private boolean current(MqttClient client) {
    return connection.isPresent() && connection.get() == client;
  }

  private void lost(MqttClient client, String why) {
    if (!current(client)) {
      return;
    }
    connection = Optional.empty();
    acks.lineDown();
    reports.lineDown();
    if (up) {
      up = false;
      listener.down();
    }
    if (wanted) {
      listener.trouble(why);
      retryTimer = vertx.setTimer(backOff.next().toMillis(), timer -> connect());
    }
  }

  private String topic(String channel) {
    return "door/" + door + "/" + channel;
  }

  private static String words(Throwable failure) {
    if (failure instanceof MqttConnectionException refused) {
      return "the gateway refused the door: " + refused.code();
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
