package io.vestibule.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.access.DoorId;
import io.vestibule.access.UnlockId;
import io.vestibule.command.CommandResult;
import io.vestibule.command.CommandResult.Unsent;
import io.vestibule.command.Doors;
import io.vestibule.command.Presence;
import io.vestibule.command.RoutedDoors;
import io.vestibule.command.UnlockCommand;
import io.vestibule.metrics.Meters;
import io.vestibule.store.FailureCause;
import io.vestibule.store.Reply;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.testing.OnLoop;
import io.vestibule.testing.SimTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a command goes, and what comes of it, by what Redis and the other gateways say. */
final class RoutedDoorsTest {
  private static final NodeName SELF = NodeName.begin("self");
  private static final NodeName FIRST = NodeName.begin("first");
  private static final NodeName SECOND = NodeName.begin("second");
  private static final DoorId DOOR = new DoorId("front");
  private static final Duration LEASE_LEFT = Duration.ofMillis(500);

  private final Vertx vertx = Vertx.vertx();
  private final OnLoop loop = new OnLoop(vertx);
  private final ScriptedStore store = new ScriptedStore();
  private final SimTime time = new SimTime();
  private final Local local = new Local();
  private final List<DoorId> strays = new CopyOnWriteArrayList<>();

  /** What the door's registration is each time it is looked for; the last one stays. */
  private final List<String> registrations = new ArrayList<>();

  /** What each node says; one that is not here is gone. */
  private final Map<NodeName, Said> saying = new ConcurrentHashMap<>();

  private Duration answerTakes = Duration.ZERO;
  private Duration lookTakes = Duration.ZERO;

  /** Whether Redis counts nobody, and a node is heard only once it was asked a second time. */
  private boolean uncounted;

  private final List<NodeName> asked = new CopyOnWriteArrayList<>();
  private final Meters meters = new Meters(new SimpleMeterRegistry());
  private final Leases leases = new Leases(store, time);
  private final Places places = new Places(SELF, store, leases, time, strays::add);
  private final Exchange exchange =
      new Exchange(
          SELF,
          new Exchange.Parts(vertx, new Post(store, "PUBLISH"), places, meters, time),
          10,
          answer -> {});
  private final RoutedDoors doors = new RoutedDoors(local, places, exchange, time);

  RoutedDoorsTest() {
    store.answering = this::redis;
  }

  @AfterEach
  void stop() {
    OnLoop.await(vertx.close().toCompletionStage().toCompletableFuture());
  }

  @Test
  void doorOfThisGateway_isKnownAtOnce_andRedisIsNotAsked() {
    local.online = true;

    Future<Boolean> online = doors.online(DOOR);

    assertThat(online.isComplete()).isTrue();
    assertThat(online.result()).isTrue();
    assertThat(doors.presence(DOOR).result().online()).isTrue();
    assertThat(send()).isInstanceOf(CommandResult.Opened.class);
    assertThat(local.sentCount).isEqualTo(1);
    assertThat(store.askedCount).hasValue(0);
  }

  @Test
  void doorOfAnother_isOnline_andItsOwnerIsAsked_withoutASecondLook() {
    registeredAt(FIRST, 7);
    saying.put(FIRST, Said.OPENED);

    assertThat(online()).isTrue();
    assertThat(send()).isInstanceOf(CommandResult.Opened.class);

    assertThat(asked).containsExactly(FIRST);
    assertThat(store.askedCount).hasValue(3); // Where it is, whether that is alive, the command.
    assertThat(loop.call(() -> doors.presence(DOOR)))
        .isEqualTo(Presence.onlineSince(Instant.ofEpochMilli(1_000)));
  }

  @Test
  void placeThatWasSeenLongAgo_isLookedForAnew() {
    registeredAt(FIRST, 7);
    saying.put(SECOND, Said.OPENED);
    assertThat(online()).isFalse(); // It is gone.
    saying.put(FIRST, Said.OPENED);
    assertThat(online()).isTrue();
    registrations.clear();
    registeredAt(SECOND, 8);
    time.advance(Duration.ofSeconds(2));

    assertThat(send()).isInstanceOf(CommandResult.Opened.class);

    assertThat(asked).containsExactly(SECOND);
  }

  @Test
  void doorThatMoved_isFoundAtTheSecondLook() {
    registeredAt(FIRST, 7);
    registeredAt(SECOND, 8);
    saying.put(FIRST, Said.NOT_OWNER);
    saying.put(SECOND, Said.OPENED);

    assertThat(send()).isInstanceOf(CommandResult.Opened.class);

    assertThat(asked).containsExactly(FIRST, SECOND);
  }

  @Test
  void ownerThatIsNone_isAskedTwiceAtTheMost() {
    registeredAt(FIRST, 7);
    saying.put(FIRST, Said.NOT_OWNER);

    assertThat(send()).isEqualTo(new CommandResult.Unsent(Unsent.Cause.OFFLINE));

    assertThat(asked).containsExactly(FIRST, FIRST);
  }

  @Test
  void ownerThatDiedSinceItWasSeen_isFoundOut_andTheDoorLookedForOnceMore() {
    registeredAt(FIRST, 7);
    saying.put(FIRST, Said.OPENED);
    assertThat(online()).isTrue();
    saying.remove(FIRST);

    assertThat(send()).isEqualTo(new CommandResult.Unsent(Unsent.Cause.OFFLINE));

    assertThat(asked).isEmpty();
  }

  @Test
  void leaseThatWasSeen_countsUntilItsEnd_andNoLonger() {
    registeredAt(FIRST, 7);
    saying.put(FIRST, Said.OPENED);
    assertThat(online()).isTrue();
    saying.remove(FIRST);

    time.advance(LEASE_LEFT.minusNanos(1));
    assertThat(online()).isTrue();
    time.advance(Duration.ofNanos(1));
    assertThat(online()).isFalse();
  }

  @Test
  void whatTheOwnerSays_isTheResult_andOnlyWhatIsSurelyUnsentIsAskedForAgain() {
    registeredAt(FIRST, 7);
    Map<Said, CommandResult> results =
        Map.of(
            Said.REFUSED, new CommandResult.Refused(Optional.empty()),
            Said.OFFLINE, new CommandResult.Unsent(Unsent.Cause.OFFLINE),
            Said.BUSY, new CommandResult.Unsent(Unsent.Cause.BUSY),
            Said.UNKNOWN, new CommandResult.Unknown());
    results.forEach(
        (said, result) -> {
          asked.clear();
          saying.put(FIRST, said);
          assertThat(send()).isEqualTo(result);
          assertThat(asked).containsExactly(FIRST);
        });
  }

  @Test
  void doorThatCameHereMeanwhile_isCommandedHere() {
    registeredAt(FIRST, 7);
    saying.put(FIRST, Said.NOT_OWNER);
    local.onlineAfterLooks = 2;
    answerTakes = Duration.ofSeconds(2);

    assertThat(send()).isInstanceOf(CommandResult.Opened.class);

    assertThat(local.sentCount).isEqualTo(1);
    // The time that the other one took is gone.
    assertThat(local.ackTimeout).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void lookThatUsesUpTheTime_sendsNothing() {
    registeredAt(FIRST, 7);
    saying.put(FIRST, Said.OPENED);
    lookTakes = Duration.ofSeconds(5);

    assertThat(send()).isEqualTo(new CommandResult.Unsent(Unsent.Cause.BUSY));

    assertThat(asked).isEmpty();
  }

  @Test
  void ownerThatIsHeardOnlyWhileItIsAskedAgain_mayHaveOpened() {
    registeredAt(FIRST, 7);
    saying.put(FIRST, Said.UNDERWAY);
    uncounted = true;

    assertThat(send(Duration.ofSeconds(1))).isInstanceOf(CommandResult.Unknown.class);

    assertThat(asked).containsExactly(FIRST, FIRST);
  }

  @Test
  void redisAway_nothingIsSent() {
    store.answering = any -> Future.failedFuture(ScriptedStore.outage(FailureCause.UNREACHABLE));

    assertThat(send()).isEqualTo(new CommandResult.Unsent(Unsent.Cause.OFFLINE));
    assertThat(loop.failureOf(() -> doors.online(DOOR))).isInstanceOf(StoreUnavailable.class);
    assertThat(asked).isEmpty();
  }

  @Test
  void doorThatIsNowhere_isOffline() {
    assertThat(online()).isFalse();
    assertThat(loop.call(() -> doors.presence(DOOR))).isEqualTo(Presence.offline());
    assertThat(send()).isEqualTo(new CommandResult.Unsent(Unsent.Cause.OFFLINE));
  }

  @Test
  void registrationOfThisGateway_withoutASession_isOffline_andPutRight() {
    registeredAt(SELF, 7);

    assertThat(online()).isFalse();
    assertThat(strays).containsExactly(DOOR);
  }

  private Future<Reply> redis(ScriptedStore.Asked what) {
    return switch (what.name()) {
      case "GET" -> look();
      case "PTTL" -> ScriptedStore.number(leaseLeftMs(node(what.keys().get(0))));
      case "node_tell" -> tell(node(what.keys().get(0)), what.args().get(2));
      default -> throw new AssertionError(what);
    };
  }

  private long leaseLeftMs(NodeName node) {
    return saying.containsKey(node) ? LEASE_LEFT.toMillis() : -2;
  }

  private Future<Reply> look() {
    time.advance(lookTakes);
    return Future.succeededFuture(registration());
  }

  private Reply registration() {
    if (registrations.isEmpty()) {
      return new Reply.Absent();
    }
    return new Reply.Text(
        registrations.size() > 1 ? registrations.remove(0) : registrations.get(0));
  }

  private static NodeName node(String leaseKey) {
    return new NodeName(leaseKey.substring("vn:lease:{".length(), leaseKey.length() - 1));
  }

  private Future<Reply> tell(NodeName node, String message) {
    Said said = saying.get(node);
    if (said == null) {
      return ScriptedStore.number(-1);
    }
    if (uncounted) {
      return tellUncounted(node, said, message);
    }
    asked.add(node);
    time.advance(answerTakes);
    long id = Long.parseLong(message.replaceAll(".*\"id\":(\\d+).*", "$1"));
    exchange.answered(new Answer(id, DOOR, new UnlockId("u1"), said, time.now()));
    return ScriptedStore.number(1);
  }

  private Future<Reply> tellUncounted(NodeName node, Said said, String message) {
    if (message.contains("\"ask\"")) {
      asked.add(node);
    }
    if (asked.size() > 1) {
      exchange.answered(new Answer(1, DOOR, new UnlockId("u1"), said, time.now()));
    }
    return ScriptedStore.number(0);
  }

  private void registeredAt(NodeName node, long epoch) {
    registrations.add(epoch + " 1000 " + node);
  }

  private boolean online() {
    return loop.call(() -> doors.online(DOOR));
  }

  private CommandResult send() {
    return send(Duration.ofSeconds(5));
  }

  private CommandResult send(Duration ackTimeout) {
    return loop.call(
        () ->
            doors.send(
                new UnlockCommand(
                    new UnlockId("u1"),
                    DOOR,
                    "a.b.c",
                    Duration.ofSeconds(5),
                    ackTimeout,
                    () -> {})));
  }

  /** This gateway's own doors. */
  private static final class Local implements Doors {
    boolean online;
    int onlineAfterLooks = Integer.MAX_VALUE;
    int sentCount;
    Duration ackTimeout = Duration.ZERO;

    @Override
    public Future<Boolean> online(DoorId door) {
      return Future.succeededFuture(online || --onlineAfterLooks < 0);
    }

    @Override
    public Future<Presence> presence(DoorId door) {
      return Future.succeededFuture(
          online ? Presence.onlineSince(Instant.EPOCH) : Presence.offline());
    }

    @Override
    public Future<CommandResult> send(UnlockCommand command) {
      sentCount++;
      ackTimeout = command.ackTimeout();
      return Future.succeededFuture(new CommandResult.Opened(Instant.EPOCH));
    }

    @Override
    public void disconnect(DoorId door) {
      throw new UnsupportedOperationException("no door is deleted here");
    }
  }
}
