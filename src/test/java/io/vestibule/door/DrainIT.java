package io.vestibule.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vestibule.access.Reason;
import io.vestibule.command.CommandResult;
import io.vestibule.testing.RawDoor;
import io.vestibule.unlock.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How the doors of a gateway that ends are sent elsewhere. */
class DrainIT extends OnDoorEdge {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final CommandResult UNKNOWN = new CommandResult.Unknown();

  @Test
  void drain_sendsDoorsElsewhere_andTakesNoMore() throws IOException {
    // In this order: what no loop has taken yet is reset, and `late` must not be. The loops take
    // turns, and there are two.
    try (RawDoor late = edge.raw();
        RawDoor door = edge.listening(5, "d1");
        RawDoor besideLate = edge.listening(5, "d2")) {
      edge.server.stopAccepting();
      assertThat(door.sendHex("c0 00").read().hex()).isEqualTo("d0:");
      late.send(RawDoor.connect(5, "d2", DoorEdge.SECRET, 60));
      assertThat(late.read().hex()).isEqualTo("20:009c00");

      DoorEdge.await(edge.server.drain(100));

      assertThat(door.read().hex()).startsWith("e0:9c");
      assertThat(door.closed()).isTrue();
      assertThat(besideLate.read().hex()).startsWith("e0:9c");
      await().untilAsserted(() -> assertThat(edge.doors.count()).isZero());
    }
  }

  @Test
  void drain_letsADoorAckItsCommand_andSendsTheOthersElsewhereMeanwhile() throws IOException {
    try (RawDoor door = edge.listening(5, "d1");
        RawDoor idle = edge.listening(5, "d2")) {
      Future<CommandResult> result = edge.command("d1", "u1", LONG);
      door.read();
      edge.server.stopAccepting();

      Future<Void> drained = edge.server.drain(100);

      assertThat(idle.read().hex()).startsWith("e0:9c");
      assertThat(door.silent()).isTrue();
      assertThat(drained.isComplete()).isFalse();
      door.send(ack5("u1"));
      assertThat(DoorEdge.await(result)).isInstanceOf(CommandResult.Opened.class);
      assertThat(door.read().type()).isEqualTo(4);
      assertThat(door.read().hex()).startsWith("e0:9c");
      DoorEdge.await(drained);
    }
  }

  @Test
  void drain_waitsForASilentDoor_noLongerThanForItsAck() throws IOException {
    try (RawDoor door = edge.listening(5, "d1")) {
      Future<CommandResult> result = edge.command("d1", "u1", Duration.ofMillis(300));
      door.read();
      edge.server.stopAccepting();

      DoorEdge.await(edge.server.drain(100));

      assertThat(result.result()).isEqualTo(UNKNOWN);
      assertThat(door.read().hex()).startsWith("e0:9c");
    }
  }

  @Test
  void drain_keepsNoDoorForWhatIsCommandedLater() throws IOException {
    try (RawDoor door = edge.listening(5, "d1");
        RawDoor idle = edge.listening(5, "d2")) {
      edge.command("d1", "u1", Duration.ofSeconds(5));
      door.read();
      Future<Void> drained = drain(idle);
      assertThat(door.silent()).isTrue();

      edge.time.advance(Duration.ofSeconds(4));
      edge.command("d1", "u2", LONG);
      assertThat(door.read().type()).isEqualTo(3);
      assertThat(door.silent()).isTrue();
      edge.time.advance(Duration.ofSeconds(1));

      assertThat(door.read().hex()).startsWith("e0:9c");
      DoorEdge.await(drained);
    }
  }

  @Test
  void drain_letsADoorHearWhatBecameOfItsCouriersRequest() throws IOException {
    Promise<Answer> answer = Promise.promise();
    edge.unlocks.answer(submission -> answer.future());
    try (RawDoor door = edge.listening(5, "d1");
        RawDoor idle = edge.listening(5, "d2")) {
      request(door);
      Future<Void> drained = drain(idle);
      assertThat(door.silent()).isTrue();

      // Its claim was made meanwhile.
      Future<CommandResult> result = edge.command("d1", "u1", LONG);
      assertThat(door.read().type()).isEqualTo(3);
      door.send(ack5("u1"));
      assertThat(DoorEdge.await(result)).isInstanceOf(CommandResult.Opened.class);
      assertThat(door.read().hex()).startsWith("40:0063");
      assertThat(door.silent()).isTrue();
      answer.complete(new Answer.Denied(Reason.BAD_SIGNATURE, Optional.empty(), Duration.ZERO));

      assertThat(door.read().hex()).startsWith("40:0009");
      assertThat(door.read().text()).contains("door/d1/response");
      assertThat(door.read().hex()).startsWith("e0:9c");
      DoorEdge.await(drained);
    }
  }

  @Test
  void drain_waitsForARequestWithoutAnEnd_noLongerThanOneTakes() throws IOException {
    edge.unlocks.answer(submission -> Promise.<Answer>promise().future());
    try (RawDoor door = edge.listening(5, "d1");
        RawDoor idle = edge.listening(5, "d2")) {
      request(door);
      Future<Void> drained = drain(idle);
      assertThat(door.silent()).isTrue();

      edge.time.advance(Duration.ofSeconds(8));

      assertThat(door.read().hex()).startsWith("e0:9c");
      DoorEdge.await(drained);
    }
  }

  private void request(RawDoor door) throws IOException {
    door.send(RawDoor.publish(5, 2, 9, "door/d1/request", "a.b.c"));
    await().until(() -> edge.unlocks.submissions().size() == 1);
  }

  /** Until a door that has nothing under way has left. */
  private Future<Void> drain(RawDoor idle) throws IOException {
    edge.server.stopAccepting();
    Future<Void> drained = edge.server.drain(100);
    assertThat(idle.read().hex()).startsWith("e0:9c");
    return drained;
  }

  private static byte[] ack5(String unlock) {
    return RawDoor.publish(
        5, 2, 99, "door/d1/ack", "{\"command\":\"" + unlock + "\",\"result\":\"opened\",\"at\":7}");
  }
}
