package io.vestibule.directory;

import static io.vestibule.directory.CacheStage.ANA;
import static io.vestibule.directory.CacheStage.BUILDING;
import static io.vestibule.directory.CacheStage.DOOR;
import static io.vestibule.directory.CacheStage.ELM;
import static io.vestibule.directory.CacheStage.FRONT;
import static io.vestibule.directory.CacheStage.PATIENCE;
import static io.vestibule.directory.CacheStage.courier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vestibule.access.AccessRequest;
import io.vestibule.access.Decision;
import io.vestibule.access.DoorId;
import io.vestibule.access.Policy;
import io.vestibule.access.Reason;
import io.vestibule.access.Screening;
import io.vestibule.access.Status;
import io.vestibule.audit.RedisAuditLog;
import io.vestibule.concurrent.Timers;
import io.vestibule.store.Keys;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.testing.OnLoop;
import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NearCachedDirectoryIT {
  // Long, so that a machine that stalls for a moment changes no answer.
  private final CacheStage stage = new CacheStage(Duration.ofSeconds(30));

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void whatWasFound_isKnown_andReadsNothingMore() {
    assertThat(stage.known()).isFalse();
    stage.warm();
    int read = stage.reading.getCount();

    Facts known = stage.directory.known(ANA, FRONT).orElseThrow();

    assertThat(known.courier().orElseThrow().courier().id()).isEqualTo(ANA);
    assertThat(known.premises().orElseThrow().door().id()).isEqualTo(FRONT);
    assertThat(known.premises().orElseThrow().site().policy().id()).isEqualTo(ELM);
    stage.find();
    assertThat(stage.reading.getCount()).isEqualTo(read);
  }

  @Test
  void whatIsNotThere_isKnownToo() {
    DoorId other = new DoorId("other");
    assertThat(stage.loop.call(() -> stage.directory.find(ANA, other)).premises()).isEmpty();

    assertThat(stage.directory.known(ANA, other).orElseThrow().premises()).isEmpty();
    stage.write("SET", Keys.door(other), DOOR);

    await().atMost(PATIENCE).until(() -> stage.directory.known(ANA, other).isEmpty());
    await().atMost(PATIENCE).until(() -> stage.doorChanges.contains(other));
    assertThat(stage.loop.call(() -> stage.directory.find(ANA, other)).premises()).isPresent();
  }

  @Test
  void aColdDecision_asksForAllItNeedsAtOnce_whereTheDoorWasMetBefore() {
    stage.warm();
    stage.write("FLUSHALL");
    await().atMost(PATIENCE).until(() -> !stage.known());
    int before = stage.reading.getCount();

    stage.reading.hold();
    CompletableFuture<Facts> cold = stage.startFinding();
    // Courier, door, building and lockdown are on their way while no answer has come.
    await().atMost(PATIENCE).until(() -> stage.reading.getCount() == before + 4);
    stage.reading.release();

    assertThat(OnLoop.await(cold).premises()).isEmpty();
    assertThat(stage.reading.getCount()).isEqualTo(before + 4);
  }

  @Test
  void aDoorThatConnected_wasMet_beforeAnyDecision() {
    RedisDirectory connecting = new RedisDirectory(stage.control, Time.system(), stage.guesses);
    stage.loop.call(() -> connecting.door(FRONT));

    stage.reading.hold();
    CompletableFuture<Facts> cold = stage.startFinding();
    await().atMost(PATIENCE).until(() -> stage.reading.getCount() == 4);
    stage.reading.release();

    assertThat(OnLoop.await(cold).premises()).isPresent();
    assertThat(stage.reading.getCount()).isEqualTo(4);
  }

  @Test
  void aDoorThatMovedHouse_isFoundInItsNewOne() {
    stage.warm();
    stage.write("SET", Keys.building(new io.vestibule.access.BuildingId("oak")), BUILDING);
    stage.write("SET", Keys.door(FRONT), DOOR.replace("elm", "oak"));
    await().atMost(PATIENCE).until(() -> !stage.known());

    assertThat(stage.find().premises().orElseThrow().site().policy().id().text()).isEqualTo("oak");
  }

  @Test
  void aChangeWhileItIsRead_isNotKept_andEverybodyGetsIt() {
    stage.reading.hold();
    CompletableFuture<Facts> before = stage.startFinding();
    await().atMost(PATIENCE).until(() -> stage.reading.getCount() >= 2);
    stage.write("SET", Keys.courier(ANA), courier("suspended"));
    stage.awaitTold(1);
    CompletableFuture<Facts> after = stage.otherLoop.start(() -> stage.directory.find(ANA, FRONT));
    await().atMost(PATIENCE).until(() -> stage.reading.getCount() >= 3);
    stage.reading.release();

    assertThat(status(OnLoop.await(before))).isEqualTo(Status.SUSPENDED);
    assertThat(status(OnLoop.await(after))).isEqualTo(Status.SUSPENDED);
    assertThat(status(stage.directory.known(ANA, FRONT).orElseThrow())).isEqualTo(Status.SUSPENDED);
    assertThat(stage.counted("loads.dropped")).isEqualTo(1);
  }

  @Test
  void aChangeOfWhatIsInMemory_whileTheRestIsRead_isHeeded() {
    stage.warm();
    DoorId cold = new DoorId("back");
    stage.write("SET", Keys.door(cold), DOOR);
    stage.reading.hold();
    CompletableFuture<Facts> asked = stage.loop.start(() -> stage.directory.find(ANA, cold));
    int before = stage.reading.getCount();
    await().atMost(PATIENCE).until(() -> stage.reading.getCount() >= Math.max(before, 5));
    double told = stage.counted("invalidations");
    stage.write("SET", Keys.courier(ANA), courier("suspended"));
    stage.awaitTold(told + 1);

    stage.reading.release();

    assertThat(status(OnLoop.await(asked))).isEqualTo(Status.SUSPENDED);
  }

  @Test
  void aCacheThatWasGivenUpWhileItWasAsked_isNotLookedIntoAgain() {
    stage.warm();
    DoorId cold = new DoorId("back");
    stage.write("SET", Keys.door(cold), DOOR);
    stage.reading.hold();
    CompletableFuture<Facts> asked = stage.loop.start(() -> stage.directory.find(ANA, cold));
    await().atMost(PATIENCE).until(() -> stage.reading.getCount() >= 5);
    stage.telling.refuse(true);
    await().atMost(PATIENCE).until(() -> stage.gauge("vestibule.cache.standing") == 0);
    stage.write("SET", Keys.building(ELM), BUILDING.replaceAll(",\"consent.*}}", "}"));
    stage.telling.refuse(false);
    stage.awaitStanding();

    stage.reading.release();

    assertThat(reason(OnLoop.await(asked))).isEqualTo(Reason.NO_CONSENT);
  }

  @Test
  void ownWrites_areSeenAtOnce_thoughNothingIsTold() {
    stage.warm();
    stage.telling.hold();
    Registry registry =
        new RedisRegistry(
            new RedisRegistry.Parts(
                stage.vertx,
                Timers.of(stage.vertx),
                stage.store,
                new RedisAuditLog(stage.store),
                Time.system()),
            stage.directory::changed);

    Facts known = stage.directory.known(ANA, FRONT).orElseThrow();
    CourierEntry entry = known.courier().orElseThrow();
    CourierEntry suspended =
        new CourierEntry(
            new io.vestibule.access.Courier(
                ANA,
                entry.courier().carrier(),
                new Screening(Screening.Result.FAILED, Optional.empty()),
                Status.SUSPENDED),
            List.of());
    // Asked on the loop of the write, before anything else could run there.
    boolean knownAfter =
        stage.loop.call(() -> registry.put(suspended).map(written -> stage.known()));

    assertThat(knownAfter).isFalse();
    assertThat(status(stage.find())).isEqualTo(Status.SUSPENDED);
  }

  @Test
  void lockdowns_areTold_andLetNobodyIn() {
    stage.warm();
    int heard = stage.lockdownChanges.get();

    stage.write("SET", Keys.lockdown(ELM), "{\"since\":1,\"by\":\"homes\"}");

    await().atMost(PATIENCE).until(() -> stage.lockdownChanges.get() == heard + 1);
    assertThat(decided()).isEqualTo(Reason.LOCKDOWN);
    stage.write("DEL", Keys.lockdown(ELM));
    await().atMost(PATIENCE).until(() -> decided() != Reason.LOCKDOWN);
  }

  @Test
  void withoutProof_nothingInMemoryIsBelieved_andRedisIsRead() {
    try (CacheStage brief = new CacheStage(Duration.ofMillis(500))) {
      brief.warm();
      brief.telling.hold();
      brief.write("SET", Keys.courier(ANA), courier("suspended"));

      await().atMost(PATIENCE).until(() -> !brief.known());

      assertThat(status(brief.find())).isEqualTo(Status.SUSPENDED);
      assertThat(brief.gauge("vestibule.cache.standing")).isZero();
      brief.telling.release();
      brief.awaitStanding();
      brief.warm();
      assertThat(status(brief.find())).isEqualTo(Status.SUSPENDED);
    }
  }

  @Test
  void aLineThatIsCut_emptiesTheCache_andRedisIsReadMeanwhile() {
    stage.warm();

    int heard = stage.lockdownChanges.get();
    stage.telling.refuse(true);
    await().atMost(PATIENCE).until(() -> !stage.known());

    stage.find();
    assertThat(stage.known()).isFalse();
    assertThat(stage.gauge("vestibule.cache.standing")).isZero();
    stage.telling.refuse(false);
    stage.awaitStanding();
    stage.warm();
    assertThat(stage.counted("emptied")).isPositive();
    // A lockdown may have begun, and a door been deleted, while nothing was told.
    assertThat(stage.lockdownChanges).hasValue(heard + 1);
    assertThat(stage.anyDoorChanges).hasValue(2);
  }

  @Test
  void flushAll_emptiesTheCache() {
    stage.warm();

    stage.write("FLUSHALL");

    await().atMost(PATIENCE).until(() -> !stage.known());
    assertThat(stage.find().courier()).isEmpty();
  }

  @Test
  void redisAway_nothingIsKnown_andAskingFails() throws Exception {
    stage.warm();

    stage.redis.kill();

    await().atMost(PATIENCE).until(() -> !stage.known());
    assertThat(stage.loop.failureOf(() -> stage.directory.find(ANA, FRONT)))
        .isInstanceOf(StoreUnavailable.class);
    stage.redis.restart();
    stage.awaitStanding();
    await().atMost(PATIENCE).ignoreExceptions().until(() -> stage.find().courier().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "{",
        "[]",
        "null",
        "1",
        "{}",
        "{\"status\":\"active\"}",
        "{\"since\":\"x\",\"until\":[]}",
        "{\"manager\":\"homes\",\"carrier\":\"swift\",\"building\":\"elm\",\"unknown\":1}",
        "\u0000\uffff"
      })
  void whatCannotBeRead_deniesByItself_andIsCounted(String value) {
    stage.write("SET", Keys.courier(ANA), value);
    assertThat(stage.find().courier()).isEmpty();
    assertThat(stage.unreadable("courier")).isPositive();
    stage.write("SET", Keys.courier(ANA), courier("active"));

    stage.write("SET", Keys.door(FRONT), value);
    await().atMost(PATIENCE).until(() -> stage.find().premises().isEmpty());
    assertThat(stage.unreadable("door")).isPositive();
    stage.write("SET", Keys.door(FRONT), DOOR);

    stage.write("SET", Keys.building(ELM), value);
    await().atMost(PATIENCE).until(() -> decided() == Reason.NO_CONSENT);
    assertThat(stage.unreadable("building")).isPositive();
    stage.write("SET", Keys.building(ELM), BUILDING);

    // An empty object is a lockdown without an end.
    stage.write("SET", Keys.lockdown(ELM), value);
    await().atMost(PATIENCE).until(() -> decided() == Reason.LOCKDOWN);
  }

  @Test
  void anotherTypeUnderAKey_deniesByItself_andIsCounted() {
    for (String key :
        List.of(Keys.courier(ANA), Keys.door(FRONT), Keys.building(ELM), Keys.lockdown(ELM))) {
      stage.write("DEL", key);
      stage.write("RPUSH", key, "1");
    }
    stage.awaitTold(4);

    Facts facts = stage.find();

    assertThat(facts.courier()).isEmpty();
    assertThat(facts.premises()).isEmpty();
    assertThat(stage.unreadable("courier")).isPositive();
    assertThat(stage.unreadable("door")).isPositive();
    stage.write("SET", Keys.courier(ANA), courier("active"));
    stage.write("SET", Keys.door(FRONT), DOOR);
    await().atMost(PATIENCE).until(() -> decided() == Reason.NO_CONSENT);
    assertThat(stage.unreadable("building")).isPositive();
    assertThat(stage.unreadable("lockdown")).isPositive();
  }

  @Test
  void missesAtOnce_onTwoLoops_readEachKeyOnce() {
    stage.reading.hold();
    List<CompletableFuture<Facts>> asked = new java.util.ArrayList<>();
    for (int count = 0; count < 50; count++) {
      OnLoop from = count % 2 == 0 ? stage.loop : stage.otherLoop;
      asked.add(from.start(() -> stage.directory.find(ANA, FRONT)));
    }
    stage.loop.call(Future::succeededFuture);
    stage.otherLoop.call(Future::succeededFuture);
    stage.reading.release();
    asked.forEach(OnLoop::await);

    // Courier, door, and of its building the policy and the lockdown.
    assertThat(stage.reading.getCount()).isEqualTo(4);
    assertThat(stage.counted("loads")).isEqualTo(3);
  }

  private static Status status(Facts facts) {
    return facts.courier().orElseThrow().courier().status();
  }

  /** What policy says to the courier at the door now. */
  private Reason decided() {
    return reason(stage.find());
  }

  private static Reason reason(Facts facts) {
    if (facts.courier().isEmpty() || facts.premises().isEmpty()) {
      return Reason.UNKNOWN_DOOR;
    }
    AccessRequest request =
        new AccessRequest(facts.courier().get().courier(), Optional.empty(), Instant.now());
    return Policy.decide(request, facts.premises().get())
        .match(granted -> Reason.OVERLOADED, Decision.Denied::reason);
  }
}
