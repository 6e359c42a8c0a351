package io.vestibule.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import io.vestibule.access.Reason;
import io.vestibule.access.UnlockId;
import io.vestibule.command.CommandResult;
import io.vestibule.command.CommandResult.Unsent.Cause;
import io.vestibule.command.Presence;
import io.vestibule.grant.Attempt;
import io.vestibule.grant.Outcome;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.testing.RawDoor;
import io.vestibule.unlock.Answer;
import io.vestibule.unlock.Edge;
import io.vestibule.unlock.Submission;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands, acks, telemetry and requests of connected doors. */
@SuppressWarnings("try") // A door that only has to be there is named by no statement.
class DoorSessionIT extends OnDoorEdge {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final CommandResult UNKNOWN = new CommandResult.Unknown();
  private static final CommandResult BUSY = new CommandResult.Unsent(Cause.BUSY);
  private static final CommandResult OFFLINE = new CommandResult.Unsent(Cause.OFFLINE);
  private static final String JTI = "abcdefghijklmnop";

  @Test
  void command_acknowledgedAsOpened_isCounted_andOpenedAtTheDoorsTime() throws IOException {
    try (RawDoor door = edge.listening(4, "d1")) {
      Future<CommandResult> result = edge.command("d1", "u1", LONG);

      RawDoor.Packet command = door.read();
      assertThat(command.first()).isEqualTo(0x32);
      assertThat(command.text()).contains("door/d1/command").endsWith("header.claims.signature");
      door.send(ack("d1", "u1", "opened", ""));

      assertThat(DoorEdge.await(result))
          .isEqualTo(new CommandResult.Opened(Instant.ofEpochMilli(7)));
      assertThat(edge.written).containsExactly("u1");
      assertThat(edge.total("vestibule.commands.sent")).isEqualTo(1);
      assertThat(door.read().hex()).isEqualTo("40:0063");
    }
  }

  @Test
  void command_onMqtt5_carriesExpiryResponseTopicAndCorrelation() throws IOException {
    try (RawDoor door = edge.listening(5, "d1")) {
      Future<CommandResult> result = edge.command("d1", "u1", Duration.ofMillis(100));

      RawDoor.Packet command = door.read();

      assertThat(command.hex()).contains("0200000005").contains("08000b").contains("0900027531");
      assertThat(command.text()).contains("door/d1/ack");
      assertThat(DoorEdge.await(result)).isEqualTo(UNKNOWN);
    }
  }

  @ParameterizedTest
  @CsvSource({"refused, jammed", "failed, jammed"})
  void command_notOpened_isRefusedWithTheDoorsDetail(String word, String detail)
      throws IOException {
    try (RawDoor door = edge.listening(4, "d1")) {
      Future<CommandResult> result = edge.command("d1", "u1", LONG);

      door.read();
      door.send(ack("d1", "u1", word, ",\"detail\":\"" + detail + "\",\"later\":[1]"));

      assertThat(DoorEdge.await(result)).isEqualTo(new CommandResult.Refused(Optional.of(detail)));
    }
  }

  @Test
  void command_toDoorThatDoesNotListen_isOffline() throws IOException {
    try (RawDoor door = edge.door(4, "d1")) {
      assertThat(edge.online("d1")).isFalse();
      assertThat(edge.doors.presence(new DoorId("d1")).result())
          .isEqualTo(Presence.onlineSince(edge.time.now()));
      assertThat(edge.doors.presence(new DoorId("d2")).result()).isEqualTo(Presence.offline());
      assertThat(DoorEdge.await(edge.command("d1", "u1", LONG))).isEqualTo(OFFLINE);
      assertThat(DoorEdge.await(edge.command("d2", "u1", LONG))).isEqualTo(OFFLINE);
      assertThat(edge.written).isEmpty();

      door.send(RawDoor.subscribe(4, 1, "door/d1/command", 1)).read();
      assertThat(edge.online("d1")).isTrue();
      assertThat(edge.doors.presence(new DoorId("d1")).result().since()).contains(edge.time.now());

      byte[] unsubscribe =
          RawDoor.packet(0xa2, RawDoor.number(2), RawDoor.string("door/d1/command"));
      assertThat(door.send(unsubscribe).read().hex()).isEqualTo("b0:0002");
      assertThat(edge.online("d1")).isFalse();
    }
  }

  @Test
  void command_doorLostAfterIt_isUnknownOnceItsTimeIsOver() throws IOException {
    RawDoor door = edge.listening(4, "d1");
    Future<CommandResult> result = edge.command("d1", "u1", Duration.ofMillis(300));
    door.read();

    door.close();

    await().until(() -> !edge.online("d1"));
    assertThat(DoorEdge.await(result)).isEqualTo(UNKNOWN);
  }

  @Test
  void command_ackedOverTheDoorsNextConnection_opens_whicheverLoopThatIsOn() throws IOException {
    for (int times = 0; times < 4; times++) {
      String unlock = "u" + times;
      RawDoor door = edge.listening(4, "d1");
      Future<CommandResult> result = edge.command("d1", unlock, LONG);
      door.read();
      door.close();
      await().until(() -> !edge.online("d1"));

      try (RawDoor next = edge.listening(4, "d1");
          RawDoor other = edge.listening(4, "d2")) {
        other.send(ack("d2", unlock, "opened", "")).read();
        assertThat(result.isComplete()).isFalse();
        next.send(ack("d1", unlock, "opened", "")).read();

        assertThat(DoorEdge.await(result)).isInstanceOf(CommandResult.Opened.class);
      }
      await().until(() -> !edge.online("d1"));
    }
  }

  @Test
  void ack_inTheSameSegmentAsTheFin_counts() throws IOException {
    for (int times = 0; times < 20; times++) {
      try (RawDoor door = edge.listening(4, "d1")) {
        Future<CommandResult> result = edge.command("d1", "u" + times, LONG);
        door.read();

        door.send(ack("d1", "u" + times, "opened", ""));
        door.shutdownOutput();

        assertThat(DoorEdge.await(result)).isInstanceOf(CommandResult.Opened.class);
      }
    }
  }

  @Test
  void seventeenthCommand_unacknowledged_isBusy() throws IOException {
    try (RawDoor door = edge.listening(4, "d1")) {
      List<Future<CommandResult>> results = new ArrayList<>();
      for (int index = 0; index < 16; index++) {
        results.add(edge.command("d1", "u" + index, LONG));
      }

      assertThat(DoorEdge.await(edge.command("d1", "u16", LONG))).isEqualTo(BUSY);

      door.send(ack("d1", "u3", "opened", ""));
      DoorEdge.await(results.get(3));
      assertThat(edge.command("d1", "u17", Duration.ofMillis(50)))
          .satisfies(result -> assertThat(DoorEdge.await(result)).isEqualTo(UNKNOWN));
    }
  }

  @Test
  void mqtt_3_3_4_9_receiveMaximumOfTheDoor_isKept() throws IOException {
    byte[] connect =
        RawDoor.packet(
            0x10,
            RawDoor.string("MQTT"),
            new byte[] {5, (byte) 0xc2, 0, 60, 3, 0x21, 0, 1},
            RawDoor.string("d1"),
            RawDoor.string("d1"),
            RawDoor.string(DoorEdge.SECRET));
    try (RawDoor door = edge.raw().send(connect)) {
      door.read();
      door.send(RawDoor.subscribe(5, 1, "door/d1/command", 1)).read();
      Future<CommandResult> first = edge.command("d1", "u1", LONG);
      RawDoor.Packet command = door.read();

      assertThat(DoorEdge.await(edge.command("d1", "u2", LONG))).isEqualTo(BUSY);

      door.send(RawDoor.puback(packetId(command)), ack5("u1"));
      assertThat(DoorEdge.await(first)).isInstanceOf(CommandResult.Opened.class);
      assertThat(DoorEdge.await(edge.command("d1", "u3", Duration.ofMillis(50))))
          .isEqualTo(UNKNOWN);
    }
  }

  @Test
  void command_whoseWriterMeetsABug_stillWaitsForItsAck() throws IOException {
    try (RawDoor door = edge.listening(4, "d1")) {
      Future<CommandResult> result =
          edge.command(
              "d1",
              "u1",
              LONG,
              () -> {
                throw new IllegalStateException("a bug");
              });
      door.read();

      door.send(ack("d1", "u1", "opened", ""));

      assertThat(door.read().hex()).isEqualTo("40:0063");
      assertThat(edge.unlocks.lateAcks()).isEmpty();
      assertThat(DoorEdge.await(result)).isEqualTo(UNKNOWN);
    }
  }

  @Test
  void ack_ofNothingPending_isLate() throws IOException {
    try (RawDoor door = edge.listening(4, "d1")) {
      assertThat(DoorEdge.await(edge.command("d1", "u1", Duration.ofMillis(20))))
          .isEqualTo(UNKNOWN);
      door.read();

      door.send(ack("d1", "u1", "opened", ""));

      assertThat(door.read().hex()).isEqualTo("40:0063");
      assertThat(edge.unlocks.lateAcks())
          .singleElement()
          .satisfies(
              late -> {
                assertThat(late.unlock()).isEqualTo(new UnlockId("u1"));
                assertThat(late.result()).isEqualTo("opened");
              });
    }
  }

  @Test
  void ackOfAnotherDoor_doesNotOpenThisOne() throws IOException {
    try (RawDoor door = edge.listening(4, "d1");
        RawDoor other = edge.listening(4, "d2")) {
      Future<CommandResult> result = edge.command("d1", "u1", Duration.ofMillis(300));

      other.send(ack("d2", "u1", "opened", ""));

      assertThat(DoorEdge.await(result)).isEqualTo(UNKNOWN);
    }
  }

  @Test
  void disconnect_byTheGateway_closesTheConnection() throws IOException {
    try (RawDoor door = edge.listening(5, "d1")) {
      edge.doors.disconnect(new DoorId("d1"));

      assertThat(door.read().hex()).startsWith("e0:98");
      assertThat(door.closed()).isTrue();
    }
  }

  @Test
  void deletedOnAnotherNode_closesTheConnection_butNotForAnotherChange() throws IOException {
    try (RawDoor door = edge.listening(5, "d1");
        RawDoor other = edge.listening(5, "d2")) {
      other.send();
      edge.directory.remove("d1");
      edge.doors.entryChanged(new DoorId("d2"));
      edge.doors.entryChanged(new DoorId("d1"));

      assertThat(door.read().hex()).startsWith("e0:98");
      assertThat(door.closed()).isTrue();
      assertThat(edge.doors.online(new DoorId("d2")).result()).isTrue();
    }
  }

  @Test
  void bugInOneSession_endsThatSessionOnly() throws IOException {
    edge.audit.breakDown();
    try (RawDoor door = edge.listening(5, "d1");
        RawDoor other = edge.listening(4, "d2")) {
      door.send(
          RawDoor.publish(
              5, 2, 1, "door/d1/event", "{\"type\":\"opened\",\"at\":1,\"boot\":\"b\",\"seq\":1}"));

      assertThat(door.read().hex()).startsWith("e0:83");
      assertThat(door.closed()).isTrue();
      assertThat(other.sendHex("c0 00").read().hex()).isEqualTo("d0:");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"type\":\"opened\"}",
        "{\"type\":\"exploded\",\"at\":1,\"boot\":\"b\",\"seq\":1}",
        "{\"type\":\"opened\",\"at\":-1,\"boot\":\"b\",\"seq\":1}",
        "{\"type\":\"opened\",\"at\":1,\"boot\":\"b b\",\"seq\":1}",
        "{\"type\":\"opened\",\"at\":1,\"boot\":\"b\",\"seq\":-1}",
        "{\"type\":\"opened\",\"at\":1,\"boot\":\"b\",\"seq\":9007199254740992}",
        "{\"type\":\"opened\",\"at\":1,\"boot\":\"b\",\"seq\":99999999999999999999}",
        "{\"type\":\"opened\",\"type\":\"closed\",\"at\":1,\"boot\":\"b\",\"seq\":1}"
      })
  void invalidPayload_isAcknowledgedDroppedAndCounted(String payload) throws IOException {
    try (RawDoor door = edge.listening(4, "d1")) {
      int packetId = 1;
      for (String topic : List.of("event", "ack")) {
        door.send(RawDoor.publish(4, 2, packetId, "door/d1/" + topic, payload));
        assertThat(packetId(door.read())).isEqualTo(packetId++);
      }

      assertThat(edge.audit.events()).isEmpty();
      for (String topic : List.of("event", "ack")) {
        assertThat(dropped(topic)).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"at\":1,\"battery\":101}",
        "{\"at\":1,\"rssi\":-151}",
        "{\"at\":1,\"temperature\":151}",
        "{\"at\":1,\"uptime\":-1}",
        "{\"at\":1,\"contact\":\"ajar\"}"
      })
  void telemetry_outOfRange_isAcknowledgedDroppedAndCounted(String payload) throws IOException {
    try (RawDoor door = edge.listening(4, "d1")) {
      door.send(RawDoor.publish(4, 2, 3, "door/d1/telemetry", payload));

      assertThat(door.read().hex()).isEqualTo("40:0003");
      assertThat(edge.telemetry).isEmpty();
      assertThat(dropped("telemetry")).isEqualTo(1);
    }
  }

  @Test
  void telemetry_withinItsRanges_isRecorded_withoutUnknownMembers() throws IOException {
    try (RawDoor door = edge.listening(4, "d1")) {
      door.send(
          RawDoor.publish(
              4,
              0,
              0,
              "door/d1/telemetry",
              "{\"at\":1577836800000,\"battery\":55,\"contact\":\"open\",\"other\":1}"),
          RawDoor.publish(4, 2, 4, "door/d1/telemetry", "{\"at\":1577836800000,\"battery\":101}"));

      assertThat(door.read().hex()).isEqualTo("40:0004");
      assertThat(edge.telemetry)
          .containsExactly("d1{\"at\":1577836800000,\"battery\":55,\"contact\":\"open\"}");
    }
  }

  @Test
  void request_isAcknowledgedOnceUnderway_andAnsweredWithItsOutcome() throws IOException {
    Promise<Outcome> outcome = Promise.promise();
    Promise<Answer> answer = Promise.promise();
    edge.unlocks.answer(submission -> answer.future());
    try (RawDoor door =
        edge.listening(4, "d1").send(RawDoor.publish(4, 2, 9, "door/d1/request", "a.b.c"))) {
      assertThat(door.silent()).isTrue();
      answer.complete(underway(outcome.future()));
      assertThat(door.read().hex()).isEqualTo("40:0009");
      assertThat(door.silent()).isTrue();

      outcome.complete(new Outcome.Opened(Instant.EPOCH));

      assertThat(door.read().text())
          .contains("door/d1/response")
          .endsWith("{\"request\":\"" + JTI + "\",\"state\":\"opened\"}");
      assertThat(edge.unlocks.submissions())
          .singleElement()
          .satisfies(
              submission -> {
                assertThat(submission.edge()).isEqualTo(Edge.MQTT);
                assertThat(submission.door()).contains(new DoorId("d1"));
                assertThat(submission.request().toString()).isEqualTo("a.b.c");
              });
    }
  }

  @Test
  void request_denied_isAcknowledged_unlessTheStoreIsAway() throws IOException {
    edge.unlocks.answer(submission -> denied(Reason.BAD_SIGNATURE, Optional.of(JTI)));
    try (RawDoor door = edge.listening(4, "d1")) {
      door.send(RawDoor.publish(4, 2, 9, "door/d1/request", "a.b.c"));
      assertThat(door.read().hex()).isEqualTo("40:0009");
      assertThat(door.read().text())
          .endsWith(
              "{\"request\":\"" + JTI + "\",\"state\":\"refused\",\"reason\":\"bad_signature\"}");

      edge.unlocks.answer(submission -> denied(Reason.STORE_UNAVAILABLE, Optional.empty()));
      door.send(RawDoor.publish(4, 2, 10, "door/d1/request", "a.b.c"));

      assertThat(door.read().text())
          .endsWith("{\"state\":\"refused\",\"reason\":\"store_unavailable\"}");
      assertThat(door.silent()).isTrue();
    }
  }

  @Test
  void request_withoutKnownOutcome_isUnknown() throws IOException {
    edge.unlocks.answer(
        submission ->
            Future.succeededFuture(
                underway(Future.succeededFuture(new Outcome.Unknown(Instant.EPOCH)))));
    try (RawDoor door = edge.listening(4, "d1")) {
      door.send(RawDoor.publish(4, 2, 9, "door/d1/request", "a.b.c")).read();
      assertThat(door.read().text())
          .endsWith("\"state\":\"unknown\",\"reason\":\"door_timed_out\"}");

      edge.unlocks.answer(
          submission ->
              Future.succeededFuture(
                  underway(
                      Future.failedFuture(
                          new StoreUnavailable("close", new IllegalStateException("down"))))));
      door.send(RawDoor.publish(4, 2, 10, "door/d1/request", "a.b.c")).read();

      assertThat(door.read().text())
          .endsWith("\"state\":\"unknown\",\"reason\":\"store_unavailable\"}");
    }
  }

  @Test
  void requestsBeyondThe64th_unanswered_areNotSubmitted() throws IOException {
    edge.unlocks.answer(submission -> Promise.<Answer>promise().future());
    try (RawDoor door = edge.listening(4, "d1")) {
      for (int packetId = 1; packetId <= 70; packetId++) {
        door.send(RawDoor.publish(4, 2, packetId, "door/d1/request", "a.b.c"));
      }

      assertThat(door.sendHex("c0 00").read().hex()).isEqualTo("d0:");
      assertThat(edge.unlocks.submissions()).extracting(Submission::door).hasSize(64);
    }
  }

  @Test
  void mqtt_2_2_1_3_packetIdInFlight_isNotUsedAgain() throws IOException {
    edge.unlocks.answer(submission -> denied(Reason.MALFORMED, Optional.empty()));
    try (RawDoor door = edge.listening(4, "d1")) {
      Future<CommandResult> command = edge.command("d1", "u1", Duration.ofMinutes(1));
      int inFlight = packetId(door.read());
      Set<Integer> seen = new HashSet<>();
      for (int batch = 0; batch < 66_000 / 500; batch++) {
        byte[][] requests = new byte[500][];
        for (int index = 0; index < 500; index++) {
          requests[index] = RawDoor.publish(4, 0, 0, "door/d1/request", "x");
        }
        door.send(requests);
        byte[][] pubacks = new byte[500][];
        for (int index = 0; index < 500; index++) {
          int packetId = packetId(door.read());
          seen.add(packetId);
          pubacks[index] = RawDoor.puback(packetId);
        }
        door.send(pubacks);
      }

      assertThat(seen).hasSize(65_534).doesNotContain(inFlight, 0);
      door.send(ack("d1", "u1", "opened", ""));
      assertThat(DoorEdge.await(command)).isInstanceOf(CommandResult.Opened.class);
    }
  }

  @Test
  void responsesWithoutPuback_stopAtTheirBound() throws IOException {
    edge.unlocks.answer(submission -> denied(Reason.MALFORMED, Optional.empty()));
    try (RawDoor door = edge.listening(4, "d1")) {
      for (int times = 0; times < 1_500; times++) {
        door.send(RawDoor.publish(4, 0, 0, "door/d1/request", "x"));
      }
      door.sendHex("c0 00");
      int bytes = 0;
      RawDoor.Packet packet = door.read();
      while (packet.type() == 3) {
        bytes += packet.body().length + 2;
        packet = door.read();
      }

      assertThat(bytes).isBetween(32 * 1024, 64 * 1024);
      assertThat(DoorEdge.await(edge.command("d1", "u1", LONG))).isEqualTo(BUSY);
    }
  }

  /** For whatever cause. */
  private double dropped(String topic) {
    return edge
        .registry
        .find("vestibule.door.payloads.dropped")
        .tag("topic", topic)
        .counters()
        .stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  @SuppressWarnings("NullAway") // The edge asks neither who nor where.
  private static Answer underway(Future<Outcome> outcome) {
    Attempt attempt =
        new Attempt(
            new UnlockId("u1"),
            "hash",
            null,
            null,
            new GrantId("g1"),
            Instant.EPOCH,
            Instant.EPOCH,
            Optional.empty());
    return new Answer.Underway(attempt, Optional.of(JTI), false, outcome);
  }

  private static Future<Answer> denied(Reason reason, Optional<String> jti) {
    return Future.succeededFuture(new Answer.Denied(reason, jti, Duration.ZERO));
  }

  private static byte[] ack(String door, String unlock, String result, String more) {
    return RawDoor.publish(
        4,
        2,
        99,
        "door/" + door + "/ack",
        "{\"command\":\"" + unlock + "\",\"result\":\"" + result + "\",\"at\":7" + more + "}");
  }

  private static byte[] ack5(String unlock) {
    return RawDoor.publish(
        5, 2, 99, "door/d1/ack", "{\"command\":\"" + unlock + "\",\"result\":\"opened\",\"at\":7}");
  }

  /** Of a PUBLISH or of a PUBACK. */
  private static int packetId(RawDoor.Packet packet) {
    byte[] body = packet.body();
    int at = packet.type() == 3 ? 2 + number(body, 0) : 0;
    return number(body, at);
  }

  private static int number(byte[] body, int at) {
    return (body[at] & 255) << 8 | (body[at + 1] & 255);
  }
}
