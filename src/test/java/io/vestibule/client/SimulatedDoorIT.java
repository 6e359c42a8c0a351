package io.vestibule.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vestibule.access.DoorId;
import io.vestibule.app.pki.DevPki;
import io.vestibule.app.pki.PkiFiles;
import io.vestibule.json.Json;
import io.vestibule.signing.Providers;
import io.vestibule.signing.Signer;
import io.vestibule.time.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A door against an MQTT server that does as the test says. */
class SimulatedDoorIT {
  private static final DoorId DOOR = new DoorId("door-1");

  @TempDir private Path dir;
  private final Vertx vertx = Vertx.vertx();
  private final List<MqttEndpoint> connections = new CopyOnWriteArrayList<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile boolean acknowledging = true;
  private Signer gateway;
  private SimulatedDoor door;

  private record Received(String topic, JsonObject payload) {}

  @BeforeEach
  void startServerAndDoor() throws Exception {
    Providers.install();
    DevPki.create(dir, List.of(DOOR));
    PkiFiles pki = new PkiFiles(dir);
    gateway = Signer.fromPem(Files.readString(pki.signingKey()));
    MqttServer server =
        done(MqttServer.create(vertx, options(pki)).endpointHandler(this::accept).listen());
    CommandKeys keys = done(CommandKeys.load(vertx, pki.signingJwks().toString()));
    Gateway address = Gateway.parse("mqtts://localhost:" + server.actualPort());
    door = new SimulatedDoor(vertx, DOOR, DoorLink.of(address, dir, DOOR), keys);
    done(door.start(Behaviour.OBEDIENT, Duration.ofMillis(200)));
  }

  @AfterEach
  void close() throws Exception {
    done(door.stop());
    done(vertx.close());
  }

  @Test
  void commandedDoor_opens_acks_andReportsOpenedAndClosed() throws Exception {
    command("u1");
    command("u1");

    await().until(() -> acks().size() == 2);
    assertThat(acks()).allMatch(ack -> ack.getString("result").equals("opened"));
    assertThat(done(door.openings())).extracting(Opening::unlock).containsExactly("u1");
    await().until(() -> eventTypes().equals(List.of("booted", "opened", "closed")));
    assertThat(events().map(event -> event.getInteger("seq"))).containsExactly(1, 2, 3);
    await().until(() -> on("telemetry").findAny().isPresent());
  }

  @Test
  void eventWithoutPuback_isSentAgainAfterReconnect() throws Exception {
    await().until(() -> eventTypes().equals(List.of("booted")));
    acknowledging = false;
    command("u1");
    await().until(() -> eventTypes().contains("opened"));

    acknowledging = true;
    connections.get(0).close();

    await().until(() -> connections.size() == 2);
    await()
        .until(
            () ->
                eventTypes().stream().filter("opened"::equals).count() == 2
                    && eventTypes().stream().filter("booted"::equals).count() == 1);
    assertThat(door.disconnectCount()).isEqualTo(1);
    assertThat(events().filter(event -> event.getString("type").equals("opened")).distinct())
        .hasSize(1);
  }

  @Test
  void requestShownToTheDoor_getsItsResponse() throws Exception {
    Future<Response> asked = door.ask("jti-of-the-request", "a.signed.request");
    await().until(() -> on("request").findAny().isPresent());
    publish(
        "response",
        "{\"request\":\"jti-of-the-request\",\"state\":\"refused\",\"reason\":\"lockdown\"}");

    Response response = done(asked);

    assertThat(response.state()).isEqualTo("refused");
    assertThat(response.reason()).hasValue("lockdown");
  }

  @Test
  void offlineDoor_leaves_andComesBackWhenTold() throws Exception {
    done(door.behave(Behaviour.OFFLINE));
    await().until(() -> !door.online());

    done(door.behave(Behaviour.OBEDIENT));

    assertThat(door.online()).isTrue();
    assertThat(connections).hasSize(2);
  }

  private MqttServerOptions options(PkiFiles pki) {
    MqttServerOptions options = new MqttServerOptions();
    options.setPort(0).setHost("127.0.0.1").setSsl(true).setClientAuth(ClientAuth.REQUIRED);
    options.setKeyCertOptions(
        new PemKeyCertOptions()
            .addCertPath(pki.server().toString())
            .addKeyPath(pki.serverKey().toString()));
    options.setTrustOptions(new PemTrustOptions().addCertPath(pki.ca().toString()));
    return options;
  }

  private void accept(MqttEndpoint endpoint) {
    endpoint.subscribeHandler(
        subscribe ->
            endpoint.subscribeAcknowledge(
                subscribe.messageId(), List.of(MqttQoS.AT_LEAST_ONCE, MqttQoS.AT_LEAST_ONCE)));
    endpoint.publishHandler(message -> receive(endpoint, message));
    endpoint.accept(false);
    connections.add(endpoint);
  }

  private void receive(MqttEndpoint endpoint, MqttPublishMessage message) {
    String channel = message.topicName().substring("door/door-1/".length());
    JsonObject payload =
        channel.equals("request")
            ? new JsonObject().put("jws", message.payload().toString())
            : message.payload().toJsonObject();
    received.add(new Received(channel, payload));
    if (acknowledging && message.qosLevel() == MqttQoS.AT_LEAST_ONCE) {
      endpoint.publishAcknowledge(message.messageId());
    }
  }

  private void command(String unlock) {
    long now = Time.system().now().getEpochSecond();
    publish(
        "command",
        gateway.sign(
            "command+jwt",
            Json.object()
                .put("iss", "vestibule")
                .put("aud", DOOR.text())
                .put("jti", unlock)
                .put("iat", now)
                .put("exp", now + 5)
                .put("cmd", "unlock")
                .put("hold", 1)));
  }

  private void publish(String channel, String payload) {
    connections
        .get(connections.size() - 1)
        .publish(
            "door/door-1/" + channel, Buffer.buffer(payload), MqttQoS.AT_LEAST_ONCE, false, false);
  }

  private Stream<JsonObject> on(String channel) {
    return received.stream()
        .filter(message -> message.topic().equals(channel))
        .map(Received::payload);
  }

  private List<JsonObject> acks() {
    return on("ack").toList();
  }

  private Stream<JsonObject> events() {
    return on("event");
  }

  private List<String> eventTypes() {
    return events().map(event -> event.getString("type")).toList();
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
