package io.vestibule.door;

import static io.vestibule.audit.RecordType.DOOR_OFFLINE;
import static io.vestibule.audit.RecordType.DOOR_ONLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vestibule.access.DoorId;
import io.vestibule.cluster.Session;
import io.vestibule.testing.RawDoor;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Online and offline records while the store comes and goes. */
class PresenceIT extends OnDoorEdge {
  @Test
  void storeIsAway_recordsWait_andAreStoredInOrderOnceItIsBack() throws IOException {
    edge.audit.fail(true);
    for (int count = 0; count < 3; count++) {
      try (RawDoor door = edge.door(4, "d1")) {
        ping(door);
      }
      await().until(() -> !edge.online("d1"));
    }
    await().until(() -> edge.audit.refusedCount() > 0);
    assertThat(edge.audit.presence("d1")).isEmpty();
    await().until(() -> backlog() == 6);

    edge.audit.fail(false);

    await().until(() -> edge.audit.presence("d1").size() == 6);
    await().until(() -> backlog() == 0);
    assertThat(edge.audit.presence("d1")).endsWith(DOOR_ONLINE, DOOR_OFFLINE);
    assertThat(edge.count("vestibule.door.presence.lost")).isZero();
  }

  @Test
  void directoryIsAway_recordsWaitToo() throws IOException {
    try (RawDoor door = edge.door(4, "d1")) {
      ping(door);
      await().until(() -> edge.audit.presence("d1").contains(DOOR_ONLINE));
      edge.directory.fail(true);
    }
    await().until(() -> !edge.online("d1"));

    edge.directory.fail(false);

    await().until(() -> edge.audit.presence("d1").contains(DOOR_OFFLINE));
  }

  @Test
  void shutdown_waitsForTheRecordsOfWhoLeft() throws IOException {
    try (RawDoor door = edge.door(4, "d1")) {
      ping(door);
      await().until(() -> edge.audit.presence("d1").contains(DOOR_ONLINE));
      edge.audit.fail(true);
      var closing = edge.server.close().toCompletionStage().toCompletableFuture();
      await().until(() -> edge.audit.refusedCount() > 0);
      assertThat(closing).isNotDone();

      edge.audit.fail(false);

      await().until(closing::isDone);
      assertThat(edge.audit.presence("d1")).containsExactly(DOOR_ONLINE, DOOR_OFFLINE);
    }
  }

  @Test
  void shutdown_doesNotWaitForeverForAStoreThatIsAway() throws IOException {
    try (RawDoor door = edge.door(4, "d1")) {
      ping(door);
      await().until(() -> edge.audit.presence("d1").contains(DOOR_ONLINE));
      edge.audit.fail(true);

      DoorEdge.await(edge.server.close());

      assertThat(edge.count("vestibule.door.presence.lost")).isEqualTo(1);
      await().until(() -> backlog() == 0);
    }
  }

  @Test
  void connectionThatEndsLate_whileTheDoorHasAnotherElsewhere_isNotOnRecord() throws IOException {
    edge.whereabouts.moved(true);
    try (RawDoor door = edge.door(4, "d1")) {
      ping(door);
      await().until(() -> edge.audit.presence("d1").contains(DOOR_ONLINE));
    }
    await().until(() -> edge.whereabouts.askedCount() == 1);
    await().until(() -> backlog() == 0);

    assertThat(edge.audit.presence("d1")).containsExactly(DOOR_ONLINE);
  }

  @Test
  void whereaboutsAreAway_theRecordWaits() throws IOException {
    edge.whereabouts.fail(true);
    try (RawDoor door = edge.door(4, "d1")) {
      ping(door);
    }
    await().until(() -> edge.whereabouts.askedCount() > 0);
    assertThat(edge.audit.presence("d1")).containsExactly(DOOR_ONLINE);

    edge.whereabouts.fail(false);

    await().until(() -> edge.audit.presence("d1").contains(DOOR_OFFLINE));
  }

  @Test
  void sessionThatIsTakenOver_ends_withoutARecord_andTellsNobody() throws IOException {
    DoorId id = new DoorId("d1");
    try (RawDoor door = edge.door(5, "d1")) {
      ping(door);
      Session session = edge.doors.find(id).orElseThrow();
      assertThat(edge.whereabouts.changed()).containsExactly(id);

      edge.doors.takenOver(id, session);

      assertThat(door.read().hex()).startsWith("e0:8e");
      assertThat(door.closed()).isTrue();
      assertThat(edge.doors.find(id)).isEmpty();
      assertThat(edge.count("vestibule.door.disconnects", "cause", "taken_over")).isEqualTo(1);
      assertThat(edge.whereabouts.changed()).containsExactly(id);
      try (RawDoor again = edge.door(5, "d1")) {
        ping(again);
        edge.doors.takenOver(id, session); // Of a session that is gone.
        ping(again);
        assertThat(edge.whereabouts.changed()).containsExactly(id, id);
      }
    }
    await().until(() -> edge.audit.presence("d1").contains(DOOR_OFFLINE));
    assertThat(edge.audit.presence("d1")).containsExactly(DOOR_ONLINE, DOOR_ONLINE, DOOR_OFFLINE);
  }

  private double backlog() {
    return edge.registry.get("vestibule.audit.backlog").tag("what", "presence").gauge().value();
  }

  private static void ping(RawDoor door) throws IOException {
    assertThat(door.sendHex("c0 00").read().hex()).isEqualTo("d0:");
  }
}
