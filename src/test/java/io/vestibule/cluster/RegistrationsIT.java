package io.vestibule.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vestibule.access.DoorId;
import io.vestibule.config.NodeConfig;
import io.vestibule.metrics.Meters;
import io.vestibule.store.Reply;
import io.vestibule.store.Script;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.testing.RedisFixture;
import io.vestibule.time.Time;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Redis keeps of where doors are, and what is read from it. */
final class RegistrationsIT {
  private static final NodeName A = new NodeName("a~0000000000000001");
  private static final NodeName B = new NodeName("b~0000000000000002");
  private static final DoorId DOOR = new DoorId("front");

  private static final Sessions NO_SESSIONS =
      new Sessions() {
        @Override
        public Optional<Session> find(DoorId door) {
          return Optional.empty();
        }

        @Override
        public List<DoorId> connected() {
          return List.of();
        }

        @Override
        public void takenOver(DoorId door, Session session) {
          throw new AssertionError("no door is connected here");
        }
      };

  @SuppressWarnings("NullAway.Init") // before all tests
  private static RedisFixture redis;

  private final List<DoorId> strays = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    redis = new RedisFixture();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @BeforeEach
  void flush() {
    redis.flush();
  }

  @Test
  void epoch_growsWithEachSession_alsoWhereTheOneBeforeWasRemoved() {
    long first = epoch(register(A, 0));
    long second = epoch(register(B, 0));
    assertThat(release(B, second)).isEqualTo(1);
    long third = epoch(register(A, 0));

    assertThat(second).isGreaterThan(first);
    assertThat(third).isGreaterThan(second);
    assertThat(Instant.ofEpochMilli(first / 1_000))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
  }

  @Test
  void epoch_growsAlsoWhereTheClockOfRedisWentBack() {
    redis.command("SET", "vr:front", "5000000000000000 1 " + A);

    assertThat(epoch(register(B, 0))).isEqualTo(5_000_000_000_000_001L);
  }

  @Test
  void registration_namesTheNodeBefore() {
    assertThat(earlier(register(A, 0))).isEmpty();
    assertThat(earlier(register(B, 0))).isEqualTo(A.text());
    assertThat(earlier(register(B, 0))).isEqualTo(B.text());
  }

  @Test
  void registrationMadeAgain_keepsItsEpoch_alsoAfterRedisForgotIt() {
    long epoch = epoch(register(A, 0));
    assertThat(epoch(register(A, epoch))).isEqualTo(epoch);
    redis.flush();

    assertThat(epoch(register(A, epoch))).isEqualTo(epoch);
    assertThat(redis.command("GET", "vr:front").text()).isEqualTo(epoch + " 1000 " + A);
    assertThat(redis.command("PTTL", "vr:front").number()).isPositive();
  }

  @Test
  void registrationMadeAgain_yieldsToANewerSession() {
    long older = epoch(register(A, 0));
    long newer = epoch(register(B, 0));

    List<Reply> told = register(A, older).list();

    assertThat(told.get(0).number()).isZero();
    assertThat(told.get(1).number()).isEqualTo(newer);
    assertThat(told.get(2).text()).isEqualTo(B.text());
    assertThat(redis.command("GET", "vr:front").text()).endsWith(B.text());
  }

  @Test
  void whicheverRegistersFirstAfterALoss_theNewerSessionHasTheDoor() {
    register(A, 100);
    register(B, 200);
    assertThat(redis.command("GET", "vr:front").text()).startsWith("200 ");
    redis.flush();
    register(B, 200);

    assertThat(register(A, 100).list().get(0).number()).isZero();
    assertThat(redis.command("GET", "vr:front").text()).startsWith("200 ");
  }

  @Test
  void release_removesItsOwnAlone() {
    long older = epoch(register(A, 0));
    long newer = epoch(register(B, 0));

    assertThat(release(A, older)).isZero();
    assertThat(release(A, 0)).isZero();
    assertThat(release(B, older)).isZero();
    assertThat(redis.command("EXISTS", "vr:front").number()).isEqualTo(1);
    assertThat(release(B, newer)).isEqualTo(1);
    assertThat(release(B, newer)).isZero();
  }

  @Test
  void releaseOfAnyEpoch_removesWhatIsTheNodes() {
    register(A, 0);

    assertThat(release(A, 0)).isEqualTo(1);
  }

  @Test
  void door_isWhereItIsRegistered_whileThatNodeHasALease() {
    long epoch = epoch(register(B, 0));
    Places places = places();
    assertThat(find(places)).isEmpty();

    redis.command("SET", "vn:lease:{" + B + "}", "1", "PX", "60000");

    assertThat(find(places)).contains(new Place(B, epoch, Instant.ofEpochMilli(1_000)));
    assertThat(places.recent(DOOR)).isPresent();
    assertThat(strays).isEmpty();
  }

  @Test
  void leaseWithoutAnEnd_isNobodys() {
    register(B, 0);
    redis.command("SET", "vn:lease:{" + B + "}", "1");

    assertThat(find(places())).isEmpty();
  }

  @Test
  void doorThatIsRegisteredHere_andNotConnectedHere_isAStray() {
    register(A, 0);
    redis.command("SET", "vn:lease:{" + A + "}", "1", "PX", "60000");

    assertThat(find(places())).isEmpty();
    assertThat(strays).containsExactly(DOOR);
  }

  @Test
  void sessionThatEndsHere_wasTakenElsewhere_ifTheDoorWasThereByThen_asFarAsClocksAgree() {
    register(B, 0); // Since 1,000 ms.
    redis.command("SET", "vn:lease:{" + B + "}", "1", "PX", "60000");

    assertThat(movedBy(5_000)).isTrue();
    assertThat(movedBy(-1_000)).isTrue();
    // It came there later, and was offline until then.
    assertThat(movedBy(-1_001)).isFalse();
    redis.command("SET", "vr:front", "x y z");
    assertThat(movedBy(5_000)).isFalse();
    redis.command("DEL", "vr:front");
    assertThat(movedBy(5_000)).isFalse();
  }

  @Test
  void registrationOfANewerGateway_mayHaveMore() {
    assertThat(Place.read("7 8 " + B + " and more"))
        .isEqualTo(new Place(B, 7, Instant.ofEpochMilli(8)));
    redis.command("SET", "vr:front", "5000000000000000 1 " + A + " and more");
    assertThat(earlier(register(B, 0))).isEqualTo(A.text());
  }

  @Test
  void registrationThatCannotBeRead_isATypedFailure_andIsWrittenOver() {
    for (String text : List.of("", "x y z", "1 2", "1 2 node", "99999999999999999999 1 " + B)) {
      redis.command("SET", "vr:front", text);
      assertThat(redis.loop.failureOf(() -> places().find(DOOR)))
          .isInstanceOf(StoreUnavailable.class);
    }
    redis.command("SET", "vr:front", "x y z");
    assertThat(epoch(register(B, 0))).isPositive();
  }

  @Test
  void renewal_saysWhetherTheLeaseStood_andWhoHears() {
    List<Reply> first = renew().list();
    List<Reply> second = renew().list();

    assertThat(first.get(0).number()).isZero();
    assertThat(second.get(0).number()).isEqualTo(1);
    assertThat(second.get(1).number()).isZero();
    assertThat(redis.command("PTTL", "vn:lease:{" + A + "}").number()).isBetween(1L, 60_000L);
  }

  @Test
  void messageToANodeWithoutALease_isNotSent() {
    assertThat(tell()).isEqualTo(-1);
    renew();
    assertThat(tell()).isZero();
  }

  @Test
  void replyToANodeWhoseLeaseRedisLost_isSent() {
    assertThat(redis.loop.call(() -> new Post(redis.store, "PUBLISH").reply(A, "message")))
        .isZero();
  }

  private Places places() {
    return new Places(
        A, redis.store, new Leases(redis.store, Time.system()), Time.system(), strays::add);
  }

  private static boolean movedBy(long endedMs) {
    Cluster cluster =
        new Cluster(
            new Cluster.Parts(
                redis.vertx,
                RedisFixture.config(redis.redis),
                redis.store,
                new Meters(new SimpleMeterRegistry()),
                Time.system()),
            new Cluster.Own(
                new NodeConfig("a", Duration.ofSeconds(5)), NO_SESSIONS, 1, late -> {}));
    return redis.loop.call(() -> cluster.movedBy(DOOR, Instant.ofEpochMilli(endedMs)));
  }

  private static Optional<Place> find(Places places) {
    return redis.loop.call(() -> places.find(DOOR));
  }

  private static Reply register(NodeName node, long epoch) {
    return eval(
        "door_register", "vr:front", List.of(node.text(), Long.toString(epoch), "1000", "3600000"));
  }

  private static long release(NodeName node, long epoch) {
    return eval("door_release", "vr:front", List.of(node.text(), Long.toString(epoch))).number();
  }

  private static Reply renew() {
    return eval(
        "node_renew",
        "vn:lease:{" + A + "}",
        List.of("60000", "PUBLISH", "vn:to:{" + A + "}", "beat"));
  }

  private static long tell() {
    return redis.loop.call(() -> new Post(redis.store, "PUBLISH").tell(A, "message"));
  }

  private static long epoch(Reply registered) {
    assertThat(registered.list().get(0).number()).isEqualTo(1);
    return registered.list().get(1).number();
  }

  private static String earlier(Reply registered) {
    return registered.list().get(2).text();
  }

  private static Reply eval(String script, String key, List<String> args) {
    return redis.loop.call(() -> redis.store.eval(Script.load(script), List.of(key), args));
  }
}
