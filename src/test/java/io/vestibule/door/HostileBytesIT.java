package io.vestibule.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vestibule.config.MqttConfig;
import io.vestibule.testing.RawDoor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What brought other brokers down: each ends its own connection, and another door stays. */
@SuppressWarnings("try") // A door that only has to be there is named by no statement.
class HostileBytesIT {
  private static final byte[] CONNECT_HEAD =
      HexFormat.of().parseHex("00044d5154540502003c"); // "MQTT", 5, clean start, 60 s

  @TempDir static Path directory;
  private static DoorEdge edge;

  @BeforeAll
  static void start() {
    edge = new DoorEdge(directory);
  }

  @AfterAll
  static void stop() {
    edge.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ff ff ff 7f", // 256 MiB, of which nothing comes
        "ff ff ff ff 01", // a length of five bytes
        "05 26 ff ff 61 00" // a name of 65,535 bytes in five
      })
  void properties_longerThanTheirPacket_endTheConnection(String properties) throws IOException {
    try (RawDoor stranger = edge.raw().send(connect(properties));
        RawDoor door = edge.door(5, "d1").send(publish(properties))) {
      assertThat(stranger.closed()).isTrue();
      assertThat(door.closed()).isTrue();
    }
    edge.door(4, "d2").close();
  }

  /** More bytes could make the packet whole. */
  @Test
  void properties_thatDoNotCome_areWaitedForAsAnyPacketIs() throws IOException {
    String lacking = "7f 26 00 01 61"; // 127 bytes in a packet that has four
    try (RawDoor stranger = edge.raw().send(connect(lacking));
        RawDoor door = edge.door(5, "d1").send(publish(lacking))) {
      assertThat(stranger.silent()).isTrue();
      assertThat(door.silent()).isTrue();
      edge.time.advance(Duration.ofSeconds(91));

      assertThat(stranger.closed()).isTrue();
      assertThat(door.closed()).isTrue();
    }
    edge.door(4, "d2").close();
  }

  @ParameterizedTest
  @CsvSource({
    "2000, 40:0009", // all of them read, and passed over
    "5000, e0:95" // past 16 KiB
  })
  void properties_byTheThousand_areRefusedOrRead_andBounded(int count, String answer)
      throws IOException {
    byte[] publish =
        RawDoor.packet(
            0x32,
            RawDoor.string("door/d1/telemetry"),
            RawDoor.number(9),
            userProperties(count),
            "{\"at\":1}".getBytes(UTF_8));

    try (RawDoor door = edge.door(5, "d1").send(publish)) {
      assertThat(door.read().hex()).startsWith(answer);
    }
  }

  @Test
  void topic_ofThousandsOfLevels_endsTheSession() throws IOException {
    for (int levels : new int[] {16_000, 65_535}) {
      byte[] publish = RawDoor.publish(5, 2, 9, "/".repeat(levels), "{}");
      try (RawDoor door = edge.door(5, "d1").send(publish)) {
        assertThat(door.read().type()).isEqualTo(14);
        assertThat(door.closed()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"d1\0", "\0", "d1/", "+", "#", "../d1", "d1\n", "d\ud83d\ude00"})
  void clientId_thatIsNoId_isRefused(String id) throws IOException {
    try (RawDoor door = edge.raw().send(RawDoor.connect(5, id, DoorEdge.SECRET, 60))) {
      assertThat(door.closed()).isTrue();
    }
    await().untilAsserted(() -> assertThat(edge.doors.count()).isZero());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "16", "16 03 01 02 00 01"})
  void handshake_thatStalls_isClosedAtItsTimeout(String beginning) throws IOException {
    MqttConfig.Tls files =
        new MqttConfig.Tls(
            0,
            edge.pki.file("server.pem"),
            edge.pki.file("server.key"),
            edge.pki.file("ca.pem"),
            Optional.empty());
    MqttConfig config = new MqttConfig("127.0.0.1", files, OptionalInt.empty());
    DoorServer server = new DoorServer(edge.vertx, config, impatient(), edge.parts());
    DoorEdge.await(server.start(1));

    try (RawDoor stranger = RawDoor.plain(server.tlsPort().orElseThrow())) {
      stranger.send(HexFormat.ofDelimiter(" ").parseHex(beginning));

      assertThat(stranger.closed()).isTrue();
    }
  }

  private static byte[] connect(String properties) {
    return RawDoor.packet(0x10, CONNECT_HEAD, HexFormat.ofDelimiter(" ").parseHex(properties));
  }

  private static byte[] publish(String properties) {
    return RawDoor.packet(
        0x32,
        RawDoor.string("door/d1/event"),
        RawDoor.number(9),
        HexFormat.ofDelimiter(" ").parseHex(properties));
  }

  private static DoorLimits impatient() {
    DoorLimits usual = DoorEdge.limits(10);
    return new DoorLimits(
        usual.packetBytesMax(),
        usual.connectTimeout(),
        Duration.ofMillis(100),
        usual.commandsOutstandingMax(),
        usual.unackedBytesMax(),
        usual.requestsOutstandingMax(),
        usual.eventsOutstandingMax(),
        usual.eventBytesOutstandingMax(),
        usual.eventRate(),
        usual.connectionsMax(),
        usual.idleMax(),
        usual.sweepEvery());
  }

  /** Each with an empty name and an empty value, the length of all before them. */
  private static byte[] userProperties(int count) {
    ByteArrayOutputStream properties = new ByteArrayOutputStream();
    int length = 5 * count;
    do {
      properties.write(length > 127 ? (length & 127) | 128 : length);
      length >>= 7;
    } while (length > 0);
    for (int index = 0; index < count; index++) {
      properties.writeBytes(new byte[] {0x26, 0, 0, 0, 0});
    }
    return properties.toByteArray();
  }
}
