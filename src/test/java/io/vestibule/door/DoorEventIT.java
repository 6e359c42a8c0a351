package io.vestibule.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vestibule.access.DoorId;
import io.vestibule.audit.DoorEvent;
import io.vestibule.audit.RecordType;
import io.vestibule.testing.RawDoor;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of connected doors: when they are acknowledged, and how many may wait. */
class DoorEventIT extends OnDoorEdge {
  @Test
  void event_isAcknowledgedOnceStored_inOrder() throws IOException {
    try (RawDoor door = edge.listening(4, "d1")) {
      for (int seq = 0; seq < 10; seq++) {
        door.send(event(seq + 1, seq));
      }
      for (int seq = 0; seq < 10; seq++) {
        assertThat(door.read().hex()).isEqualTo(puback(seq + 1));
      }

      assertThat(edge.audit.events())
          .extracting(DoorEvent::seq)
          .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
      assertThat(edge.audit.events().get(0))
          .isEqualTo(
              new DoorEvent(
                  new DoorId("d1"),
                  RecordType.DOOR_HELD_OPEN,
                  Instant.ofEpochMilli(5),
                  edge.time.now(),
                  "b-1",
                  0));
    }
  }

  @Test
  void event_storeUnavailable_getsItsPubackOnceTheStoreIsBack() throws IOException {
    edge.audit.fail(true);
    try (RawDoor door = edge.listening(4, "d1").send(event(1, 1))) {
      assertThat(door.silent()).isTrue();

      edge.audit.fail(false);

      assertThat(door.read().hex()).isEqualTo("40:0001");
      assertThat(edge.count("vestibule.door.publishes.deferred", "cause", "store_unavailable"))
          .isPositive();
    }
  }

  @Test
  void eventsBeyondTheThousandth_unstored_areLeftForTheDoorToSendAgain() throws IOException {
    edge.audit.fallSilent();
    try (RawDoor door = edge.listening(4, "d1")) {
      for (int seq = 0; seq < 1_004; seq++) {
        door.send(event(seq + 1, seq));
      }
      door.sendHex("c0 00");

      assertThat(door.read().hex()).isEqualTo("d0:");
      assertThat(edge.count("vestibule.door.publishes.deferred", "cause", "full")).isEqualTo(4);
    }
  }

  @Test
  void eventsBeyond64KiB_unstored_areLeftForTheDoorToSendAgain() throws IOException {
    edge.audit.fallSilent();
    String padding = ",\"later\":\"" + "x".repeat(15 * 1024) + "\"}";
    try (RawDoor door = edge.listening(4, "d1")) {
      for (int seq = 0; seq < 5; seq++) {
        door.send(
            RawDoor.publish(4, 2, seq + 1, "door/d1/event", eventJson(seq).replace("}", padding)));
      }

      assertThat(door.sendHex("c0 00").read().hex()).isEqualTo("d0:");
      assertThat(edge.count("vestibule.door.publishes.deferred", "cause", "full")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void burstOf200Events_isAcknowledgedInOrder_alsoWhereTheLogIsSlow(int version)
      throws IOException {
    edge.audit.fallSilent();
    byte[][] burst = new byte[200][];
    for (int seq = 0; seq < 200; seq++) {
      burst[seq] = RawDoor.publish(version, 2, seq + 1, "door/d1/event", eventJson(seq));
    }
    try (RawDoor door = edge.listening(version, "d1").send(burst)) {
      assertThat(door.sendHex("c0 00").read().hex()).isEqualTo("d0:");

      edge.audit.speak();

      for (int seq = 0; seq < 200; seq++) {
        assertThat(door.read().hex()).isEqualTo(puback(seq + 1));
      }
      assertThat(edge.audit.events()).hasSize(200);
    }
  }

  @Test
  void thousandEvents_whileTheStoreIsAway_areAcknowledgedInOrderOnceItIsBack() throws IOException {
    edge.audit.fallSilent();
    try (RawDoor door = edge.listening(4, "d1")) {
      for (int seq = 0; seq < 1_000; seq++) {
        door.send(event(seq + 1, seq));
      }
      door.sendHex("c0 00").read();
      edge.audit.fail(true);
      edge.audit.speak();

      await()
          .until(
              () ->
                  edge.count("vestibule.door.publishes.deferred", "cause", "store_unavailable")
                      > 0);
      edge.audit.fail(false);
      for (int seq = 0; seq < 1_000; seq++) {
        assertThat(door.read().hex()).isEqualTo(puback(seq + 1));
      }
    }
  }

  @Test
  void eventsPastTheDoorsRate_waitForIt_inOrder_alsoOverItsNextConnection() throws IOException {
    try (RawDoor door = edge.listening(4, "d1")) {
      for (int seq = 0; seq < DoorEdge.EVENTS_A_MINUTE; seq++) {
        door.send(event(seq + 1, seq));
        assertThat(door.read().hex()).isEqualTo(puback(seq + 1));
      }
    }

    try (RawDoor door = edge.listening(4, "d1")) {
      for (int seq = 0; seq < 20; seq++) {
        door.send(event(5_001 + seq, DoorEdge.EVENTS_A_MINUTE + seq));
      }
      assertThat(door.sendHex("c0 00").read().hex()).isEqualTo("d0:");
      assertThat(edge.count("vestibule.door.events.paced")).isPositive();
      assertThat(edge.audit.events()).hasSize(DoorEdge.EVENTS_A_MINUTE);

      edge.time.advance(Duration.ofSeconds(1));
      for (int seq = 0; seq < 20; seq++) {
        assertThat(door.read().hex()).isEqualTo(puback(5_001 + seq));
      }
    }
  }

  private static String puback(int packetId) {
    return String.format("40:%04x", packetId);
  }

  private static byte[] event(int packetId, int seq) {
    return RawDoor.publish(4, 2, packetId, "door/d1/event", eventJson(seq));
  }

  private static String eventJson(int seq) {
    return "{\"type\":\"held_open\",\"at\":5,\"boot\":\"b-1\",\"seq\":" + seq + "}";
  }
}
