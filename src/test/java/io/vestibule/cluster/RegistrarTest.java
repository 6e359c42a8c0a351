package io.vestibule.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.access.DoorId;
import io.vestibule.metrics.Meters;
import io.vestibule.store.FailureCause;
import io.vestibule.store.Reply;
import io.vestibule.testing.OnLoop;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node writes of its doors, and when, whatever becomes of them and of Redis. */
final class RegistrarTest {
  private static final NodeName SELF = NodeName.begin("self");
  private static final NodeName OTHER = NodeName.begin("other");
  private static final DoorId DOOR = new DoorId("front");

  private final Vertx vertx = Vertx.vertx();
  private final OnLoop loop = new OnLoop(vertx);
  private final ScriptedStore store = new ScriptedStore();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Connected sessions = new Connected();
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final Registrar registrar =
      new Registrar(
          SELF,
          new Registrar.Parts(vertx, store, new Meters(registry), sessions),
          (earlier, door, epoch) -> taken.add(earlier + " " + door + " " + epoch));

  @AfterEach
  void stop() {
    OnLoop.await(vertx.close().toCompletionStage().toCompletableFuture());
  }

  @Test
  void session_isRegistered_andItsEpochIsHeld_untilItEnds() {
    comes(DOOR);
    ScriptedStore.Asked register = only("door_register");
    assertThat(register.args().subList(0, 2)).containsExactly(SELF.text(), "0");
    // Redis may have it before its answer is here.
    assertThat(holds(7)).isTrue();
    answer(register, 7);
    assertThat(holds(7)).isTrue();
    assertThat(holds(6)).isFalse();
    assertThat(holds(8)).isFalse();

    goes(DOOR);

    ScriptedStore.Asked release = only("door_release");
    assertThat(release.args()).containsExactly(SELF.text(), "7");
    run(() -> store.answer(release, new Reply.Numeral(1)));
    assertThat(holds(7)).isFalse();
    assertThat(registrar.waitingCount()).isZero();
  }

  @Test
  void doorThatComesAndGoesAndComes_waitsOnce_andHasOneWriteUnderWay() {
    comes(DOOR);
    goes(DOOR);
    comes(DOOR);
    goes(DOOR);
    comes(DOOR);
    assertThat(store.askedCount).hasValue(1);

    answer(only("door_register"), 7);

    // The session that the first write was for is gone: the one that is there gets its own epoch.
    ScriptedStore.Asked second = only("door_register");
    assertThat(second.args().get(1)).isEqualTo("0");
    answer(second, 8);
    assertThat(store.waiting).isEmpty();
    assertThat(store.askedCount).hasValue(2);
    assertThat(holds(8)).isTrue();
  }

  @Test
  void thousandsOfDoorsThatDropAtOnce_areABoundedNumberOfWrites_andAllReleased() {
    List<DoorId> doors =
        IntStream.range(0, 2_000).mapToObj(number -> new DoorId("door-" + number)).toList();
    store.answering = asked -> Future.succeededFuture(ScriptedStore.numbers(1, 5, ""));
    doors.forEach(sessions::connect);
    run(() -> doors.forEach(registrar::changed));
    await().until(() -> registrar.waitingCount() == 0);
    assertThat(store.askedCount).hasValue(2_000);
    store.askedCount.set(0);
    store.answering = store::hold;

    run(
        () ->
            doors.forEach(
                door -> {
                  sessions.byDoor.remove(door);
                  registrar.changed(door);
                }));

    await().until(() -> store.waiting.size() == Registrar.UNDERWAY_MAX);
    assertThat(registrar.waitingCount()).isEqualTo(2_000);
    assertThat(store.askedCount).hasValue(Registrar.UNDERWAY_MAX);
    List<String> released = new CopyOnWriteArrayList<>();
    // Each answer makes room for the next, which is answered as soon as the rate lets it begin.
    store.answering =
        asked -> {
          released.add(asked.name() + " " + asked.door());
          return ScriptedStore.number(1);
        };
    run(
        () ->
            List.copyOf(store.waiting)
                .forEach(
                    asked -> {
                      released.add(asked.name() + " " + asked.door());
                      store.answer(asked, new Reply.Numeral(1));
                    }));
    await().until(() -> registrar.waitingCount() == 0);
    assertThat(store.waitingMost.get()).isLessThanOrEqualTo(Registrar.UNDERWAY_MAX);
    assertThat(released)
        .containsExactlyInAnyOrderElementsOf(
            doors.stream().map(door -> "door_release " + door).toList());
  }

  @Test
  void writes_keepARate_alsoWhereRedisIsFast() {
    store.answering = asked -> Future.succeededFuture(ScriptedStore.numbers(1, 5, ""));
    List<DoorId> doors =
        IntStream.range(0, 200).mapToObj(number -> new DoorId("door-" + number)).toList();
    doors.forEach(sessions::connect);

    // Within one turn of the loop no more than a tick's worth is started.
    int[] atOnce = new int[1];
    run(
        () -> {
          doors.forEach(registrar::changed);
          atOnce[0] = store.askedCount.get();
        });

    assertThat(atOnce[0]).isEqualTo(Registrar.STARTS_PER_TICK);
    await().until(() -> store.askedCount.get() == 200);
  }

  @Test
  void outage_isWaitedFor_andWhatItMayHaveWrittenIsReleasedWhateverItsEpoch() {
    comes(DOOR);
    run(() -> store.fail(only("door_register"), FailureCause.TIMED_OUT));
    assertThat(store.waiting).isEmpty();
    await().until(() -> store.waiting.size() == 1);
    answer(only("door_register"), 7);

    comes(DOOR); // Over another connection.
    run(() -> store.fail(only("door_register"), FailureCause.TIMED_OUT));
    goes(DOOR);

    await().until(() -> store.waiting.size() == 1);
    assertThat(only("door_release").args()).containsExactly(SELF.text(), "0");
    assertThat(registry.get("vestibule.registrations.failed").counter().count()).isEqualTo(2);
  }

  @Test
  void valueOfAnotherType_isNotAskedForAgainAtOnce() {
    comes(DOOR);

    run(() -> store.fail(only("door_register"), FailureCause.WRONG_TYPE));

    assertThat(registrar.waitingCount()).isZero();
    assertThat(store.waiting).isEmpty();
  }

  @Test
  void sessionTakenFromAnotherNode_isToldToIt() {
    comes(DOOR);

    run(() -> store.answer(only("door_register"), ScriptedStore.numbers(1, 9, OTHER.text())));

    assertThat(taken).containsExactly(OTHER + " front 9");
  }

  @Test
  void sessionThatHasMoved_ends_unlessItIsTheNewer() {
    comes(DOOR);
    answer(only("door_register"), 7);

    run(() -> registrar.moved(DOOR, 7));
    run(() -> registrar.moved(DOOR, 6));
    assertThat(sessions.ended).isEmpty();

    run(() -> registrar.moved(DOOR, 8));
    assertThat(sessions.ended).containsExactly(DOOR);
    assertThat(holds(7)).isFalse();
    assertThat(store.waiting).isEmpty(); // Nothing is touched that is the other node's.
  }

  @Test
  void newsOfAMove_thatIsOlderThanASessionUnderWay_endsNothing() {
    comes(DOOR);
    answer(only("door_register"), 7);
    comes(DOOR);

    run(() -> registrar.moved(DOOR, 8));

    assertThat(sessions.ended).isEmpty();
  }

  @Test
  void moveThatNobodyTold_isFoundWhenTheDoorIsRegisteredAgain() {
    comes(DOOR);
    answer(only("door_register"), 7);

    run(registrar::registerAll);
    await().until(() -> store.waiting.size() == 1);
    ScriptedStore.Asked again = only("door_register");
    assertThat(again.args().get(1)).isEqualTo("7");
    run(() -> store.answer(again, ScriptedStore.numbers(0, 8, OTHER.text())));

    assertThat(sessions.ended).containsExactly(DOOR);
    assertThat(taken).isEmpty();
  }

  @Test
  void doorsThatStay_areRegisteredAgain_underTheirEpoch_asAFailoverMayHaveLostThem() {
    comes(DOOR);
    answer(only("door_register"), 7);

    run(registrar::start);

    await().until(() -> store.waiting.size() == 1);
    assertThat(only("door_register").args().subList(0, 2)).containsExactly(SELF.text(), "7");
    run(registrar::close);
  }

  private void comes(DoorId door) {
    sessions.connect(door);
    run(() -> registrar.changed(door));
  }

  private void goes(DoorId door) {
    sessions.byDoor.remove(door);
    run(() -> registrar.changed(door));
  }

  private boolean holds(long epoch) {
    return loop.call(() -> Future.succeededFuture(registrar.holds(DOOR, epoch)));
  }

  private void answer(ScriptedStore.Asked register, long epoch) {
    run(() -> store.answer(register, ScriptedStore.numbers(1, epoch, "")));
  }

  private ScriptedStore.Asked only(String name) {
    assertThat(store.waiting).hasSize(1);
    assertThat(store.waiting.get(0).name()).isEqualTo(name);
    return store.waiting.get(0);
  }

  private void run(Runnable work) {
    loop.call(
        () -> {
          work.run();
          return Future.succeededFuture();
        });
  }

  /** Doors that are connected as a test tells. */
  private static final class Connected implements Sessions {
    final Map<DoorId, Session> byDoor = new ConcurrentHashMap<>();
    final List<DoorId> ended = new CopyOnWriteArrayList<>();

    void connect(DoorId door) {
      byDoor.put(
          door,
          new Session() {
            @Override
            public Instant since() {
              return Instant.EPOCH;
            }
          });
    }

    @Override
    public Optional<Session> find(DoorId door) {
      return Optional.ofNullable(byDoor.get(door));
    }

    @Override
    public List<DoorId> connected() {
      return List.copyOf(byDoor.keySet());
    }

    @Override
    public void takenOver(DoorId door, Session session) {
      if (byDoor.remove(door, session)) {
        ended.add(door);
      }
    }
  }
}
