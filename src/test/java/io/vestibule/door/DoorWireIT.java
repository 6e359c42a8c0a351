package io.vestibule.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Promise;
import io.vestibule.audit.RecordType;
import io.vestibule.testing.RawDoor;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol's clauses and the contract's rules, in bytes written by hand. */
@SuppressWarnings("try") // A door that only has to be there is named by no statement.
class DoorWireIT extends OnDoorEdge {
  @Test
  void connect_whileTheDoorIsBeingDeleted_isEndedOnceItIsIn() throws IOException {
    edge.duringSecretCheck = () -> edge.directory.remove("d1");

    try (RawDoor door = edge.raw().send(RawDoor.connect(4, "d1", DoorEdge.SECRET, 60))) {
      door.read();

      assertThat(door.closed()).isTrue();
      await().untilAsserted(() -> assertThat(edge.doors.count()).isZero());
    }
  }

  @Test
  void connack_mqtt5_namesEveryRestriction() throws IOException {
    try (RawDoor door = edge.raw().send(RawDoor.connect(5, "d1", DoorEdge.SECRET, 60))) {
      String connack = door.read().hex();

      assertThat(connack)
          .startsWith("20:0000") // no session present, accepted
          .contains("210199") // Receive Maximum: 409 events of 160 bytes are 64 KiB
          .contains("2401") // Maximum QoS 1
          .contains("2500") // no retain
          .contains("2700004000") // packets of 16 KiB
          .contains("2800")
          .contains("2900")
          .contains("2a00")
          .contains("1100000000");
    }
  }

  @Test
  void mqtt5_3_2_2_21_withoutKeepAlive_isGivenOne() throws IOException {
    try (RawDoor door = edge.raw().send(RawDoor.connect(5, "d1", DoorEdge.SECRET, 0))) {
      assertThat(door.read().hex()).contains("13012c");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4, d1, wrong, 20:0004", "5, d1, wrong, 20:008600",
    "4, unknown, s3cret, 20:0004", "5, unknown, s3cret, 20:008600",
    "4, d1, '', 20:0004", "5, d1, '', 20:008600",
    "4, d+, s3cret, 20:0002", "5, door/#, s3cret, 20:008500",
    "4, '', s3cret, 20:0002", "5, '', s3cret, 20:008500"
  })
  void connect_withoutRight_isRefused(int version, String id, String password, String connack)
      throws IOException {
    try (RawDoor door = edge.raw().send(RawDoor.connect(version, id, password, 60))) {
      assertThat(door.read().hex()).isEqualTo(connack);
      assertThat(door.closed()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 20:0003", "5, 20:008800"})
  void connect_directoryUnavailable_isServerUnavailable(int version, String connack)
      throws IOException {
    edge.directory.fail(true);

    try (RawDoor door = edge.raw().send(RawDoor.connect(version, "d1", DoorEdge.SECRET, 60))) {
      assertThat(door.read().hex()).isEqualTo(connack);
      assertThat(door.closed()).isTrue();
    }
  }

  @Test
  void connect_withWill_isRefused() throws IOException {
    byte[] connect =
        RawDoor.packet(
            0x10,
            RawDoor.string("MQTT"),
            new byte[] {4, 0x06, 0, 60},
            RawDoor.string("d1"),
            RawDoor.string("door/d2/event"),
            RawDoor.string("{}"));

    try (RawDoor door = edge.raw().send(connect)) {
      assertThat(door.read().hex()).isEqualTo("20:0005");
      assertThat(door.closed()).isTrue();
    }
  }

  @Test
  void mqtt_3_1_2_2_anotherVersion_isNamedAndClosed() throws IOException {
    byte[] connect =
        RawDoor.packet(
            0x10, RawDoor.string("MQTT"), new byte[] {9, 2, 0, 60}, RawDoor.string("d1"));

    try (RawDoor door = edge.raw().send(connect)) {
      assertThat(door.read().hex()).isEqualTo("20:0001");
      assertThat(door.closed()).isTrue();
    }
  }

  @Test
  void connect_withPacketsBehindItInOneSegment_areReadAfterTheAnswer() throws IOException {
    Promise<Void> lookup = edge.directory.hold();
    try (RawDoor door =
        edge.raw()
            .send(
                RawDoor.connect(4, "d1", DoorEdge.SECRET, 60),
                RawDoor.subscribe(4, 7, "door/d1/command", 1),
                RawDoor.publish(4, 2, 8, "door/d1/telemetry", "{\"at\":1}"))) {
      assertThat(door.silent()).isTrue();

      lookup.complete();

      assertThat(door.read().hex()).isEqualTo("20:0000");
      assertThat(door.read().hex()).isEqualTo("90:000701");
      assertThat(door.read().hex()).isEqualTo("40:0008");
      assertThat(edge.online("d1")).isTrue();
    }
  }

  @Test
  void connect_doorLeftWhileAsked_leavesNoGhost() throws IOException {
    Promise<Void> lookup = edge.directory.hold();
    try (RawDoor door =
        edge.raw()
            .send(
                RawDoor.connect(4, "d1", DoorEdge.SECRET, 60),
                RawDoor.subscribe(4, 7, "door/d1/command", 1))) {
      assertThat(door.silent()).isTrue();
    }
    await().pollDelay(Duration.ofMillis(100)).until(() -> true);

    lookup.complete();

    await().during(Duration.ofMillis(100)).until(() -> edge.doors.count() == 0);
    assertThat(edge.audit.presence("d1")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80 ff ff ff 7f", // a length past any bound
        "80 ff ff ff ff 01", // a length of five bytes
        "20 02 00 00", // CONNACK from a client
        "c0 00", // PINGREQ before CONNECT
        "10 ff ff ff 7f", // a CONNECT past any bound
        "30 80 80 01 00 01 61", // a large first packet that is no CONNECT
        "00 00",
        "f0 00"
      })
  void firstPacket_malformedOrNoConnect_closes(String hex) throws IOException {
    try (RawDoor door = edge.raw().sendHex(hex)) {
      assertThat(door.closed()).isTrue();
    }
    edge.door(4, "d2").close();
  }

  @ParameterizedTest
  @CsvSource({
    "80 ff ff ff 7f, 81", // malformed packet
    "20 03 00 00 00, 82", // CONNACK from a client
    "10 0f 00 04 4d 51 54 54 05 02 00 3c 00 00 02 64 31, 82", // a second CONNECT
    "32 06 00 01 61 00 00 00, 81", // QoS 1 with packet id 0
    "50 02 00 01, 82", // PUBREC
    "82 03 00 01 00, 82", // SUBSCRIBE without a filter
    "36 06 00 01 61 00 01 00, 81", // QoS 3
    "32 81 80 02 00 01 61, 95" // past 16 KiB
  })
  void packet_breakingTheProtocol_endsTheSessionWithItsReason(String hex, String reason)
      throws IOException {
    try (RawDoor other = edge.listening(4, "d2");
        RawDoor door = edge.door(5, "d1").sendHex(hex)) {
      assertThat(door.read().hex()).startsWith("e0:" + reason);
      assertThat(door.closed()).isTrue();
      assertThat(edge.online("d2")).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3, door/d1/event, 9a", // retained
    "4, door/d1/event, 9b", // QoS 2
    "2, door/d2/event, 90",
    "2, door/d1/command, 90",
    "2, door/d1/response, 90",
    "2, door/d1, 90",
    "2, '', 90",
    "2, $SYS/x, 90"
  })
  void publish_notAllowed_endsTheSessionWithItsReason(int flags, String topic, String reason)
      throws IOException {
    try (RawDoor door = edge.door(5, "d1").send(RawDoor.publish(5, flags, 9, topic, "{}"))) {
      assertThat(door.read().hex()).startsWith("e0:" + reason);
      assertThat(door.closed()).isTrue();
    }
    try (RawDoor door = edge.door(4, "d1").send(RawDoor.publish(4, flags, 9, topic, "{}"))) {
      assertThat(door.closed()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "door/d1/command, 01, 01",
    "door/d1/response, 01, 01",
    "door/d2/command, 80, 87",
    "door/+/command, 80, a2",
    "#, 80, a2",
    "$share/g/door/d1/command, 80, 9e",
    "door/d1/event, 80, 87"
  })
  void subscribe_isGrantedForOwnTopicsAlone(String filter, String code3, String code5)
      throws IOException {
    try (RawDoor door = edge.door(4, "d1").send(RawDoor.subscribe(4, 5, filter, 2))) {
      assertThat(door.read().hex()).isEqualTo("90:0005" + code3);
    }
    try (RawDoor door =
        edge.door(5, "d2")
            .send(
                RawDoor.subscribe(
                    5, 5, filter.replace("d1", "x").replace("d2", "d1").replace("x", "d2"), 2))) {
      assertThat(door.read().hex()).isEqualTo("90:000500" + code5);
    }
  }

  @Test
  void mqtt_3_1_2_22_silentForOneAndAHalfKeepAlives_isClosed() throws IOException {
    try (RawDoor door = edge.raw().send(RawDoor.connect(5, "d1", DoorEdge.SECRET, 2))) {
      door.read();
      edge.time.advance(Duration.ofMillis(2_900));
      door.sendHex("c0 00");
      assertThat(door.read().hex()).isEqualTo("d0:");
      edge.time.advance(Duration.ofMillis(2_900));
      assertThat(door.silent()).isTrue();

      edge.time.advance(Duration.ofMillis(200));

      assertThat(door.read().hex()).startsWith("e0:8d");
      assertThat(door.closed()).isTrue();
    }
  }

  @Test
  void wallClock_steppingAnHour_disconnectsNobody() throws IOException {
    try (RawDoor door = edge.door(5, "d1")) {
      edge.time.step(Duration.ofHours(1));

      assertThat(door.silent()).isTrue();
    }
  }

  @Test
  void noConnect_inTenSeconds_isClosed_evenWhenBytesDribble() throws IOException {
    try (RawDoor door = edge.raw().sendHex("10")) {
      await().pollDelay(Duration.ofMillis(50)).until(() -> true);
      edge.time.advance(Duration.ofSeconds(6));
      door.sendHex("20");
      await().pollDelay(Duration.ofMillis(50)).until(() -> true);
      edge.time.advance(Duration.ofSeconds(5));

      assertThat(door.closed()).isTrue();
    }
  }

  @Test
  void mqtt_3_1_4_3_sameDoorAgain_takesOver_andStaysRegistered() throws IOException {
    try (RawDoor first = edge.listening(5, "d1");
        RawDoor second = edge.listening(5, "d1")) {
      assertThat(first.read().hex()).startsWith("e0:8e");
      assertThat(first.closed()).isTrue();

      await().during(Duration.ofMillis(100)).until(() -> edge.online("d1"));
      assertThat(edge.audit.presence("d1")).containsExactly(RecordType.DOOR_ONLINE);
      assertThat(second.silent()).isTrue();
    }
    await()
        .untilAsserted(
            () ->
                assertThat(edge.audit.presence("d1"))
                    .containsExactly(RecordType.DOOR_ONLINE, RecordType.DOOR_OFFLINE));
  }

  @Test
  void sameDoor_reconnectingInALoop_leavesOneSession() throws IOException {
    for (int times = 0; times < 50; times++) {
      edge.raw().send(RawDoor.connect(4, "d1", DoorEdge.SECRET, 60));
    }

    await().untilAsserted(() -> assertThat(edge.doors.count()).isEqualTo(1));
    try (RawDoor door = edge.listening(4, "d1")) {
      assertThat(edge.online("d1")).isTrue();
      assertThat(door.silent()).isTrue();
    }
  }

  /** Each time puts two records on its building's log. */
  @Test
  void sameDoor_connectingMoreOftenThanItsRate_isTurnedAway_andNoOtherDoorIs() throws IOException {
    for (int times = 0; times < DoorEdge.EVENTS_A_MINUTE; times++) {
      edge.door(4, "d1").close();
    }

    refused(4, "20:0003");
    refused(5, "20:009f00");
    assertThat(edge.count("vestibule.door.connects.refused", "cause", "too_often")).isEqualTo(2);
    edge.door(5, "d2").close();
    edge.time.advance(Duration.ofSeconds(1));
    edge.door(5, "d1").close();
  }

  private void refused(int version, String connack) throws IOException {
    try (RawDoor door = edge.raw().send(RawDoor.connect(version, "d1", DoorEdge.SECRET, 60))) {
      assertThat(door.read().hex()).isEqualTo(connack);
      assertThat(door.closed()).isTrue();
    }
  }

  @Test
  void door_pingingWithoutReading_isClosed() throws IOException {
    byte[] pings = new byte[64 * 1024];
    for (int index = 0; index < pings.length; index += 2) {
      pings[index] = (byte) 0xc0;
    }
    RawDoor door = edge.door(4, "d1");

    await()
        .untilAsserted(
            () -> {
              try {
                door.send(pings);
              } catch (IOException closed) {
                return;
              }
              assertThat(edge.doors.count()).isZero();
            });
    await()
        .untilAsserted(
            () ->
                assertThat(edge.count("vestibule.door.disconnects", "cause", "unread"))
                    .isEqualTo(1));
  }
}
