package io.vestibule.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Promise;
import io.vestibule.access.DoorId;
import io.vestibule.testing.RawDoor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each connection counts once when it comes in or is turned away, and once when it ends. */
@SuppressWarnings("try") // A door that only has to be there is named by no statement.
class DoorCountsIT extends OnDoorEdge {
  private static final String CONNECTS = "vestibule.door.connects";
  private static final String REFUSED = "vestibule.door.connects.refused";
  private static final String ENDED = "vestibule.door.disconnects";

  /** A socket that nobody refers to any more is closed by the garbage collector. */
  private static final List<RawDoor> HELD = new ArrayList<>();

  private interface Play {
    void run(DoorEdge edge) throws IOException;
  }

  /** A connection over which no door comes in. */
  enum TurnedAway {
    SAYING_NOTHING("abandoned", edge -> edge.raw().close()),
    SILENT(
        "abandoned",
        edge -> {
          try (RawDoor door = edge.raw()) {
            assertThat(door.silent()).isTrue();
            edge.time.advance(Duration.ofSeconds(11));
            assertThat(door.closed()).isTrue();
          }
        }),
    GONE_WHILE_DECIDED_ON(
        "abandoned",
        edge -> {
          Promise<Void> held = edge.directory.hold();
          try (RawDoor door = edge.raw().send(RawDoor.connect(4, "d1", DoorEdge.SECRET, 60))) {
            assertThat(door.silent()).isTrue();
          }
          await().until(() -> edge.total(REFUSED) > 0);
          held.complete();
        }),
    WITHOUT_CONNECT("protocol", edge -> closed(edge.raw().sendHex("c0 00"))),
    MALFORMED("protocol", edge -> closed(edge.raw().sendHex("80 ff ff ff 7f"))),
    OTHER_VERSION("protocol", edge -> closed(edge.raw().send(RawDoor.connect(3, "d1", "", 60)))),
    WRONG_SECRET(
        "credentials", edge -> closed(edge.raw().send(RawDoor.connect(5, "d1", "wrong", 60)))),
    WRONG_NAME(
        "client_id", edge -> closed(edge.raw().send(RawDoor.connect(5, "d/1", "wrong", 60)))),
    STORE_AWAY(
        "store_unavailable",
        edge -> {
          edge.directory.fail(true);
          closed(edge.raw().send(RawDoor.connect(5, "d1", DoorEdge.SECRET, 60)));
        }),
    BUG(
        "error",
        edge -> {
          edge.duringSecretCheck =
              () -> {
                throw new IllegalStateException("on purpose");
              };
          closed(edge.raw().send(RawDoor.connect(5, "d1", DoorEdge.SECRET, 60)));
        }),
    DRAINING(
        "draining",
        edge -> {
          RawDoor door = edge.raw();
          assertThat(door.silent()).isTrue();
          edge.server.stopAccepting();
          closed(door.send(RawDoor.connect(5, "d1", DoorEdge.SECRET, 60)));
        }),
    SHUTTING_DOWN(
        "draining",
        edge -> {
          RawDoor door = edge.raw();
          assertThat(door.silent()).isTrue();
          DoorEdge.await(edge.server.close());
          assertThat(door.closed()).isTrue();
        }),
    NO_TLS_CLIENT("handshake", edge -> tlsPort(edge).close()),
    NO_TLS("handshake", edge -> closed(tlsPort(edge).sendHex("10 0c 00 04 4d 51 54 54 04 02")));

    private final String cause;
    private final Play play;

    TurnedAway(String cause, Play play) {
      this.cause = cause;
      this.play = play;
    }
  }

  /** The end of a door's connection. */
  enum Ended {
    DISCONNECT("closed", edge -> edge.door(4, "d1").sendHex("e0 00").close()),
    LOST("closed", edge -> edge.door(4, "d1").close()),
    SILENT(
        "keep_alive",
        edge -> {
          come(edge);
          edge.time.advance(Duration.ofSeconds(91));
        }),
    TAKEN_OVER("taken_over", edge -> come(edge).send(second(edge))),
    PROTOCOL("protocol", edge -> come(edge).sendHex("50 02 00 01")),
    DELETED(
        "deleted",
        edge -> {
          come(edge);
          edge.doors.disconnect(new DoorId("d1"));
        }),
    DRAINED(
        "drained",
        edge -> {
          come(edge);
          edge.server.stopAccepting();
          DoorEdge.await(edge.server.drain(100));
        }),
    SHUT_DOWN(
        "drained",
        edge -> {
          come(edge);
          DoorEdge.await(edge.server.close());
        }),
    BUG(
        "error",
        edge -> {
          edge.audit.breakDown();
          come(edge)
              .send(
                  RawDoor.publish(
                      4,
                      2,
                      1,
                      "door/d1/event",
                      "{\"type\":\"opened\",\"at\":1,\"boot\":\"b\",\"seq\":1}"));
        });

    private final String cause;
    private final Play play;

    Ended(String cause, Play play) {
      this.cause = cause;
      this.play = play;
    }

    private static byte[] second(DoorEdge edge) throws IOException {
      come(edge);
      return new byte[0];
    }
  }

  @AfterEach
  void clear() {
    HELD.clear();
  }

  @ParameterizedTest
  @EnumSource
  void connection_overWhichNoDoorComesIn_countsOnce(TurnedAway how) throws IOException {
    how.play.run(edge);

    await()
        .untilAsserted(() -> assertThat(edge.counted(REFUSED)).containsExactly(how.cause + "=1"));
    DoorEdge.await(edge.server.close().otherwiseEmpty());
    assertThat(edge.counted(REFUSED)).containsExactly(how.cause + "=1");
    assertThat(edge.total(CONNECTS)).isZero();
    assertThat(edge.total(ENDED)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void connection_ofADoor_countsOnceWhenItEnds(Ended how) throws IOException {
    how.play.run(edge);

    await().untilAsserted(() -> assertThat(edge.counted(ENDED)).containsExactly(how.cause + "=1"));
    awaitConnected();
    assertThat(edge.total(REFUSED)).isZero();
  }

  @Test
  void doorsConnected_areThoseOfTheRegistry_byProtocol_alsoAfterTakeOvers() throws IOException {
    RawDoor first = edge.door(4, "d1");
    RawDoor other = edge.door(5, "d2");
    assertThat(edge.connected("mqtt_3_1_1", "plain")).isEqualTo(1);
    assertThat(edge.connected("mqtt_5", "plain")).isEqualTo(1);
    assertThat(edge.count(CONNECTS, "protocol", "mqtt_5")).isZero(); // That over TLS.

    RawDoor second = edge.door(5, "d1");
    first.close();

    await().until(() -> edge.total(ENDED) == 1);
    awaitConnected();
    assertThat(edge.connected("mqtt_5", "plain")).isEqualTo(2);
    second.close();
    other.close();
    await().until(() -> edge.total(ENDED) == 3);
    awaitConnected();
    assertThat(edge.doors.count()).isZero();
  }

  @Test
  void doorsConnected_takingOverEachOtherOnAllLoops_areNeverBelowZero_andExactAtTheEnd()
      throws IOException {
    for (int times = 0; times < 60; times++) {
      RawDoor door = edge.door(times % 2 == 0 ? 4 : 5, "d1");
      HELD.add(door);
      if (times % 3 == 0) {
        door.close();
      }
      assertThat(edge.connected("mqtt_3_1_1", "plain")).isNotNegative();
      assertThat(edge.connected("mqtt_5", "plain")).isNotNegative();
    }

    awaitConnected();
  }

  @Test
  void doorsConnectedMax_isTheBoundOfThePorts() {
    assertThat(edge.gauge("vestibule.doors.connected.max")).isEqualTo(100);
  }

  private static RawDoor come(DoorEdge edge) throws IOException {
    RawDoor door = edge.door(4, "d1");
    HELD.add(door);
    return door;
  }

  private static RawDoor tlsPort(DoorEdge edge) throws IOException {
    return RawDoor.plain(edge.server.tlsPort().orElseThrow());
  }

  private static void closed(RawDoor door) throws IOException {
    assertThat(door.closed()).isTrue();
  }

  /** Registry, connects less ends, and what is shown: equal a moment after each connection. */
  private void awaitConnected() {
    await()
        .untilAsserted(
            () -> {
              int count = edge.doors.count();
              assertThat(edge.total(CONNECTS) - edge.total(ENDED)).isEqualTo(count);
              assertThat(edge.connected("mqtt_3_1_1", "plain") + edge.connected("mqtt_5", "plain"))
                  .isEqualTo(count);
            });
  }
}
