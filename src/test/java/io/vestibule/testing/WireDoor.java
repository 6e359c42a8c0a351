package io.vestibule.testing;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A door on a foreign MQTT 5 client; it acks each command as it was told to. */
public final class WireDoor implements AutoCloseable {
  private final String id;
  private final Mqtt5AsyncClient client;
  private final List<Mqtt5Publish> commands = new CopyOnWriteArrayList<>();
  private final List<String> responses = new CopyOnWriteArrayList<>();
  private volatile Function<String, String> ack = WireDoor::opened;

  private WireDoor(String id, Mqtt5AsyncClient client) {
    this.id = id;
    this.client = client;
  }

  /** Connects with the door's certificate of a development PKI and subscribes to its own topics. */
  public static WireDoor connect(Path pki, String id, int port) throws Exception {
    Mqtt5AsyncClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(id)
            .serverHost("localhost")
            .serverPort(port)
            .sslConfig()
            .keyManagerFactory(
                Pem.identity(
                    pki.resolve("doors/" + id + ".pem"), pki.resolve("doors/" + id + "-key.pem")))
            .trustManagerFactory(Pem.trust(pki.resolve("ca.pem")))
            .applySslConfig()
            .buildAsync();
    WireDoor door = new WireDoor(id, client);
    client.publishes(MqttGlobalPublishFilter.ALL, door::received);
    join(client.connectWith().cleanStart(true).keepAlive(30).send());
    join(
        client
            .subscribeWith()
            .topicFilter(door.topic("command"))
            .qos(MqttQos.AT_LEAST_ONCE)
            .send());
    join(
        client
            .subscribeWith()
            .topicFilter(door.topic("response"))
            .qos(MqttQos.AT_LEAST_ONCE)
            .send());
    return door;
  }

  /** From the unlock id to the ack's payload; empty for silence. */
  public WireDoor answering(Function<String, String> payload) {
    ack = payload;
    return this;
  }

  public static String opened(String unlock) {
    return ack(unlock, "opened");
  }

  public static String ack(String unlock, String result) {
    return "{\"command\":\"%s\",\"result\":\"%s\",\"at\":%d}"
        .formatted(unlock, result, System.currentTimeMillis());
  }

  public List<Mqtt5Publish> commands() {
    return commands;
  }

  /** The unlocks that the commands are for, in the order in which they came. */
  public List<String> unlocks() {
    return commands.stream()
        .map(command -> jti(new String(command.getPayloadAsBytes(), StandardCharsets.UTF_8)))
        .toList();
  }

  public List<String> responses() {
    return responses;
  }

  /** Publishes to one of the door's own topics with QoS 1 and waits for the PUBACK. */
  public void publish(String leaf, String payload) throws Exception {
    join(
        client
            .publishWith()
            .topic(topic(leaf))
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload(payload.getBytes(StandardCharsets.UTF_8))
            .send());
  }

  public boolean connected() {
    return client.getState().isConnected();
  }

  @Override
  public void close() {
    if (connected()) {
      client.disconnect().orTimeout(10, TimeUnit.SECONDS).join();
    }
  }

  private void received(Mqtt5Publish publish) {
    String payload = new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8);
    if (publish.getTopic().toString().equals(topic("response"))) {
      responses.add(payload);
      return;
    }
    commands.add(publish);
    String answer = ack.apply(jti(payload));
    if (!answer.isEmpty()) {
      client
          .publishWith()
          .topic(topic("ack"))
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload(answer.getBytes(StandardCharsets.UTF_8))
          .send();
    }
  }

  private String topic(String leaf) {
    return "door/" + id + "/" + leaf;
  }

  private static String jti(String jws) {
    try {
      return SignedJWT.parse(jws).getJWTClaimsSet().getJWTID();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> T join(CompletableFuture<T> future) throws Exception {
    return future.get(10, TimeUnit.SECONDS);
  }
}
