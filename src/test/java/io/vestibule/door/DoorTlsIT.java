package io.vestibule.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.vertx.core.Future;
import io.vestibule.access.DoorId;
import io.vestibule.audit.RecordType;
import io.vestibule.command.CommandResult;
import io.vestibule.config.MqttConfig;
import io.vestibule.testing.RawDoor;
import io.vestibule.testing.TestPki;
import io.vestibule.testing.TestPki.Identity;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The TLS port: certificates, and doors written by somebody else. */
@SuppressWarnings("try") // A door that only has to be there is named by no statement.
class DoorTlsIT {
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path directory;

  @Test
  void hivemqDoorOnMqtt5_isCommanded_andAcks() throws Exception {
    try (DoorEdge edge = new DoorEdge(directory)) {
      Mqtt5AsyncClient door = mqtt5(edge, "d1", edge.pki.issue("O=Lobby,CN=d1", DAY));
      Mqtt5ConnAck connack = door.connect().get(10, TimeUnit.SECONDS);
      assertThat(connack.isSessionPresent()).isFalse();
      assertThat(connack.getRestrictions().getMaximumQos()).isEqualTo(MqttQos.AT_LEAST_ONCE);
      BlockingQueue<Mqtt5Publish> commands = new ArrayBlockingQueue<>(4);
      door.publishes(MqttGlobalPublishFilter.ALL, commands::add);
      door.subscribeWith().topicFilter("door/d1/command").send().get(10, TimeUnit.SECONDS);

      Future<CommandResult> result = edge.command("d1", "u1", Duration.ofSeconds(10));
      Mqtt5Publish command = commands.poll(10, TimeUnit.SECONDS);
      assertThat(command.getMessageExpiryInterval()).hasValue(5);
      assertThat(command.getCorrelationData().map(StandardCharsets.UTF_8::decode))
          .hasValueSatisfying(data -> assertThat(data.toString()).isEqualTo("u1"));
      door.publishWith()
          .topic(command.getResponseTopic().orElseThrow())
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload(
              "{\"command\":\"u1\",\"result\":\"opened\",\"at\":7}"
                  .getBytes(StandardCharsets.UTF_8))
          .send()
          .get(10, TimeUnit.SECONDS);

      assertThat(DoorEdge.await(result)).isInstanceOf(CommandResult.Opened.class);
      door.disconnect().get(10, TimeUnit.SECONDS);
      await()
          .untilAsserted(
              () ->
                  assertThat(edge.audit.presence("d1"))
                      .containsExactly(RecordType.DOOR_ONLINE, RecordType.DOOR_OFFLINE));
    }
  }

  @Test
  void hivemqDoorOnMqtt3_publishesEvents() throws Exception {
    try (DoorEdge edge = new DoorEdge(directory)) {
      Mqtt3AsyncClient door =
          MqttClient.builder()
              .useMqttVersion3()
              .identifier("d1")
              .serverHost("localhost")
              .serverPort(edge.server.tlsPort().orElseThrow())
              .sslConfig(ssl(edge.pki, edge.pki.issue("CN=d1", DAY)))
              .buildAsync();
      door.connect().get(10, TimeUnit.SECONDS);

      door.publishWith()
          .topic("door/d1/event")
          .qos(MqttQos.AT_LEAST_ONCE)
          .payload(
              "{\"type\":\"booted\",\"at\":1,\"boot\":\"b\",\"seq\":0}"
                  .getBytes(StandardCharsets.UTF_8))
          .send()
          .get(10, TimeUnit.SECONDS);

      assertThat(edge.audit.events())
          .singleElement()
          .satisfies(event -> assertThat(event.type()).isEqualTo(RecordType.DOOR_BOOTED));
      door.disconnect().get(10, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CN=nobody, nobody, NOT_AUTHORIZED",
    "CN=d1, d2, CLIENT_IDENTIFIER_NOT_VALID",
    "'CN=d1,CN=d2', d1, NOT_AUTHORIZED",
    "CN=d1+CN=d2, d1, NOT_AUTHORIZED",
    "O=d1, d1, NOT_AUTHORIZED",
    "CN=d\\+, d1, NOT_AUTHORIZED"
  })
  void certificate_thatDoesNotNameThisRegisteredDoor_isRefused(
      String subject, String clientId, Mqtt5ConnAckReasonCode reason) {
    try (DoorEdge edge = new DoorEdge(directory)) {
      Mqtt5AsyncClient door = mqtt5(edge, clientId, edge.pki.issue(subject, DAY));

      assertThatThrownBy(() -> door.connect().join())
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              Mqtt5ConnAckException.class,
              refused -> assertThat(refused.getMqttMessage().getReasonCode()).isEqualTo(reason));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void tls_withoutCertificateOrOfAnotherAuthority_isNoConnection(String protocol) throws Exception {
    try (DoorEdge edge = new DoorEdge(directory)) {
      Identity own = edge.pki.issue("CN=d1", DAY);
      Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
      Identity foreign = new TestPki(elsewhere).issue("CN=d1", DAY);
      SSLContext none = SSLContext.getInstance("TLS");
      none.init(null, edge.pki.trustManagers().getTrustManagers(), null);

      assertThat(accepted(edge, edge.pki.context(own), protocol)).isTrue();
      assertThat(accepted(edge, edge.pki.context(foreign), protocol)).isFalse();
      assertThat(accepted(edge, none, protocol)).isFalse();
    }
  }

  @Test
  void revokedCertificate_isNoConnection() throws Exception {
    TestPki pki = new TestPki(directory);
    Identity revoked = pki.issue("CN=d1", DAY);
    Identity good = pki.issue("CN=d2", DAY);
    try (DoorEdge edge = new DoorEdge(pki, Optional.of(pki.revoke(revoked)), 100)) {
      assertThat(accepted(edge, pki.context(good), "TLSv1.3", "d2")).isTrue();
      assertThat(accepted(edge, pki.context(revoked), "TLSv1.3", "d1")).isFalse();
    }
  }

  @Test
  void expiredCertificate_endsItsConnection() throws Exception {
    try (DoorEdge edge = new DoorEdge(directory)) {
      SSLContext context = edge.pki.context(edge.pki.issue("CN=d1", Duration.ofMinutes(10)));
      try (RawDoor door = tls(edge, context, "TLSv1.3")) {
        door.send(RawDoor.connect(5, "d1", "", 60));
        assertThat(door.read().hex()).startsWith("20:0000");
        edge.time.step(Duration.ofMinutes(9));
        assertThat(door.silent()).isTrue();

        edge.time.step(Duration.ofMinutes(2));

        assertThat(door.read().hex()).startsWith("e0:a0");
        assertThat(door.closed()).isTrue();
      }
    }
  }

  @Test
  void connectionsPastTheLimit_areClosedBeforeTheHandshake_andComeBackLater() throws Exception {
    TestPki pki = new TestPki(directory);
    try (DoorEdge edge = new DoorEdge(pki, Optional.empty(), 2)) {
      SSLContext context = pki.context(pki.issue("CN=d1", DAY));
      RawDoor first = edge.door(4, "d1");
      try (RawDoor second = edge.door(4, "d2")) {
        assertThat(accepted(edge, context, "TLSv1.3")).isFalse();
        try (RawDoor third = edge.raw()) {
          assertThat(third.closed()).isTrue();
        }
        assertThat(second.sendHex("c0 00").read().hex()).isEqualTo("d0:");

        first.close();

        await().ignoreExceptions().until(() -> accepted(edge, context, "TLSv1.3"));
        assertThat(edge.count("vestibule.door.connects.refused", "cause", "overloaded"))
            .isGreaterThanOrEqualTo(2);
      }
    }
  }

  @Test
  void start_onATakenPort_namesIt() throws IOException {
    try (DoorEdge edge = new DoorEdge(directory);
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      MqttConfig config =
          new MqttConfig("127.0.0.1", files(taken.getLocalPort(), edge.pki), OptionalInt.empty());

      assertThatThrownBy(() -> start(edge, config))
          .isInstanceOf(DoorServerFailed.class)
          .hasMessageContaining("mqtt.tls.port 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @ParameterizedTest
  @CsvSource({"server.pem, certificate", "server.key, key", "ca.pem, client-ca"})
  void start_withAFileThatIsMissingEmptyOrHalf_namesIt(String file, String key) throws IOException {
    try (DoorEdge edge = new DoorEdge(directory)) {
      MqttConfig config = new MqttConfig("127.0.0.1", files(0, edge.pki), OptionalInt.empty());
      Path path = edge.pki.file(file);
      String whole = Files.readString(path);

      for (String content : new String[] {whole.substring(0, whole.length() / 2), ""}) {
        Files.writeString(path, content);
        assertThatThrownBy(() -> start(edge, config))
            .isInstanceOf(DoorServerFailed.class)
            .hasMessageContaining("mqtt.tls." + key)
            .hasMessageContaining(path.toString());
      }
      Files.delete(path);
      assertThatThrownBy(() -> start(edge, config))
          .isInstanceOf(DoorServerFailed.class)
          .hasMessageContaining(path.toString());
    }
  }

  @Test
  void close_endsSessions_andPendingCommandsAsUnknown() throws Exception {
    Future<CommandResult> result;
    RawDoor door;
    try (DoorEdge edge = new DoorEdge(directory)) {
      door = edge.listening(5, "d1");
      result = edge.command("d1", "u1", Duration.ofSeconds(60));
      door.read();
    }

    assertThat(DoorEdge.await(result)).isEqualTo(new CommandResult.Unknown());
    assertThat(door.read().hex()).startsWith("e0:8b");
    assertThat(door.closed()).isTrue();
  }

  private static MqttConfig.Tls files(int port, TestPki pki) {
    return new MqttConfig.Tls(
        port, pki.file("server.pem"), pki.file("server.key"), pki.file("ca.pem"), Optional.empty());
  }

  private static void start(DoorEdge edge, MqttConfig config) {
    DoorEdge.await(new DoorServer(edge.vertx, config, DoorEdge.limits(10), edge.parts()).start(2));
  }

  private static boolean accepted(DoorEdge edge, SSLContext context, String protocol)
      throws IOException {
    return accepted(edge, context, protocol, "d1");
  }

  /** With TLS 1.3 a client learns only by reading that its certificate was refused. */
  private static boolean accepted(DoorEdge edge, SSLContext context, String protocol, String id)
      throws IOException {
    try (RawDoor door = tls(edge, context, protocol)) {
      door.send(RawDoor.connect(4, id, "", 60));
      return door.read().hex().equals("20:0000")
          && edge.doors.registry().find(new DoorId(id)).isPresent();
    } catch (SSLException | SocketException | EOFException refused) {
      return false;
    }
  }

  private static RawDoor tls(DoorEdge edge, SSLContext context, String protocol)
      throws IOException {
    Socket socket =
        context
            .getSocketFactory()
            .createSocket(InetAddress.getLoopbackAddress(), edge.server.tlsPort().orElseThrow());
    ((SSLSocket) socket).setEnabledProtocols(new String[] {protocol});
    return new RawDoor(socket);
  }

  private static Mqtt5AsyncClient mqtt5(DoorEdge edge, String id, Identity identity) {
    return MqttClient.builder()
        .useMqttVersion5()
        .identifier(id)
        .serverHost("localhost")
        .serverPort(edge.server.tlsPort().orElseThrow())
        .sslConfig(ssl(edge.pki, identity))
        .buildAsync();
  }

  private static MqttClientSslConfig ssl(TestPki pki, Identity identity) {
    return MqttClientSslConfig.builder()
        .keyManagerFactory(pki.keyManagers(identity))
        .trustManagerFactory(pki.trustManagers())
        .build();
  }
}
