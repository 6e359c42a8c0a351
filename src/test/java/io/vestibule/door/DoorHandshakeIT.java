package io.vestibule.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Timer;
import io.vestibule.config.MqttConfig;
import io.vestibule.testing.RawDoor;
import io.vestibule.testing.TestPki;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS handshakes are timed by how they ended, and certificates tell when they expire. */
@SuppressWarnings("try") // A door that only has to be there is named by no statement.
class DoorHandshakeIT {
  private static final Duration DAY = Duration.ofDays(1);
  private static final String EXPIRY = "vestibule.certificate.expiry";

  private static final String REFUSED = "vestibule.door.connects.refused";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void handshake_isFull_thenResumed_andTheDoorComesInByItsFirstCertificate(String protocol)
      throws Exception {
    try (DoorEdge edge = new DoorEdge(directory)) {
      SSLContext door = edge.pki.context(edge.pki.issue("CN=d1", DAY));

      connect(edge, door, protocol);
      assertThat(handshakes(edge)).containsExactly(1L, 0L, 0L);
      connect(edge, door, protocol);
      assertThat(handshakes(edge)).containsExactly(1L, 1L, 0L);
      await()
          .untilAsserted(
              () -> assertThat(edge.connected("mqtt_3_1_1", "tls")).isEqualTo(edge.doors.count()));
    }
  }

  @Test
  void handshake_withoutTheRightCertificate_isFailed_andNoDoorCameIn() throws Exception {
    try (DoorEdge edge = new DoorEdge(directory)) {
      SSLContext none = SSLContext.getInstance("TLS");
      none.init(null, edge.pki.trustManagers().getTrustManagers(), null);

      try (RawDoor door = tls(edge, none, "TLSv1.3")) {
        door.send(RawDoor.connect(4, "d1", "", 60)).read();
      } catch (SSLException | SocketException | EOFException refused) {
        // As it should be.
      }

      await().untilAsserted(() -> assertThat(handshakes(edge)).containsExactly(0L, 0L, 1L));
      assertThat(edge.counted(REFUSED)).containsExactly("handshake=1");
    }
  }

  @Test
  void connectionPastTheLimit_isOverloaded_andNoFailedHandshake() throws Exception {
    TestPki pki = new TestPki(directory);
    try (DoorEdge edge = new DoorEdge(pki, Optional.empty(), 1);
        RawDoor first = edge.door(4, "d1")) {
      try (RawDoor second = RawDoor.plain(edge.server.tlsPort().orElseThrow())) {
        assertThat(second.closed()).isTrue();
      }
      try (RawDoor third = edge.raw()) {
        assertThat(third.closed()).isTrue();
      }

      await().during(Duration.ofMillis(100)).until(() -> edge.total(REFUSED) == 2);
      assertThat(edge.counted(REFUSED)).containsExactly("overloaded=2");
      assertThat(handshakes(edge)).containsExactly(0L, 0L, 0L);
    }
  }

  @Test
  void expiry_isThatOfTheFiles_andOfNoListWhereThereIsNone() {
    try (DoorEdge edge = new DoorEdge(directory)) {
      double day = Instant.now().plus(1, ChronoUnit.DAYS).getEpochSecond();

      for (String file : List.of("mqtt_server", "mqtt_client_ca")) {
        assertThat(edge.gauge(EXPIRY, "certificate", file)).isBetween(day - 60, day + 1);
      }
      assertThat(edge.registry.find(EXPIRY).tag("certificate", "mqtt_crl").gauge()).isNull();
    }
  }

  @Test
  void expiry_ofARevocationList_isWhenTheNextIsDue() {
    TestPki pki = new TestPki(directory);
    Path crl = pki.revoke();
    MqttConfig.Tls files =
        new MqttConfig.Tls(
            0,
            pki.file("server.pem"),
            pki.file("server.key"),
            pki.file("ca.pem"),
            Optional.of(crl));

    Instant due = Objects.requireNonNull(DoorTls.load(files).expiries().get("mqtt_crl"));

    assertThat(due).isBetween(Instant.now().plusSeconds(3_500), Instant.now().plusSeconds(3_601));
    try (DoorEdge edge = new DoorEdge(pki, Optional.of(crl), 10)) {
      assertThat(edge.gauge(EXPIRY, "certificate", "mqtt_crl"))
          .isEqualTo((double) due.getEpochSecond());
    }
  }

  private static void connect(DoorEdge edge, SSLContext context, String protocol)
      throws IOException {
    try (RawDoor door = tls(edge, context, protocol)) {
      door.send(RawDoor.connect(4, "d1", "", 60));
      assertThat(door.read().hex()).isEqualTo("20:0000");
    }
  }

  /** Full, resumed, failed. */
  private static List<Long> handshakes(DoorEdge edge) {
    return List.of("full", "resumed", "failed").stream()
        .map(
            how ->
                edge.registry
                    .get("vestibule.door.handshake.duration")
                    .tag("handshake", how)
                    .timer())
        .map(Timer::count)
        .toList();
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
}
