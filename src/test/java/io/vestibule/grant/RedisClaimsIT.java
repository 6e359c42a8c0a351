package io.vestibule.grant;

import static io.vestibule.grant.ClaimStage.DEADLINE;
import static io.vestibule.grant.ClaimStage.DOOR;
import static io.vestibule.grant.ClaimStage.ELM;
import static io.vestibule.grant.ClaimStage.END;
import static io.vestibule.grant.ClaimStage.START;
import static io.vestibule.grant.ClaimStage.WHO;
import static io.vestibule.grant.ClaimStage.building;
import static io.vestibule.grant.ClaimStage.grant;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.access.BuildingId;
import io.vestibule.access.CarrierId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import io.vestibule.access.Identifiers;
import io.vestibule.access.Reason;
import io.vestibule.access.UnlockId;
import io.vestibule.config.Rate;
import io.vestibule.signing.Sha256;
import io.vestibule.store.Keys;
import io.vestibule.testing.OnLoop;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisClaimsIT {
  private static final Duration GRACE = Duration.ofMinutes(5);

  @SuppressWarnings("NullAway.Init") // before all tests
  private static ClaimStage stage;

  /** On what all of it must hold. */
  ClaimStage on() throws IOException {
    return new ClaimStage();
  }

  @BeforeAll
  final void start() throws IOException {
    stage = on();
  }

  @AfterAll
  final void stop() {
    stage.close();
  }

  @BeforeEach
  void empty() {
    stage.fixture.flush();
    stage.time.set(START);
    assertThat(stage.create(grant("g", 1, GRACE))).isTrue();
  }

  @Test
  void unlockId_isTheSameForTheSameThree_andAnIdentifier() {
    UnlockId id = stage.claims.unlockId(ELM, WHO.courier(), "abcdefghijklmnop");

    assertThat(id).isEqualTo(stage.claims.unlockId(ELM, WHO.courier(), "abcdefghijklmnop"));
    assertThat(id).isNotEqualTo(stage.claims.unlockId(ELM, WHO.courier(), "abcdefghijklmnoq"));
    assertThat(id)
        .isNotEqualTo(stage.claims.unlockId(ELM, new CourierId("c-2"), "abcdefghijklmnop"));
    assertThat(id.text()).matches("u[0-9a-f]{3}[A-Za-z0-9_-]{22}");
    assertThat(Identifiers.legal(id.text())).isTrue();
  }

  @Test
  void claim_putsTheAttemptOnRecord_pending_andRecordsThatItWasGranted() {
    Claim claim = stage.fresh("g");

    assertThat(stage.claimed(claim)).isEqualTo("claimed");

    assertThat(stage.find(claim.unlock()))
        .contains(
            new Attempt(
                claim.unlock(),
                claim.requestHash(),
                claim.who(),
                claim.where(),
                claim.grant(),
                claim.at(),
                claim.deadline(),
                Optional.empty()));
    assertThat(stage.pendingCount()).isEqualTo(1);
    assertThat(stage.used("g")).isEqualTo(1);
    assertThat(stage.records()).hasSize(2);
    assertThat(stage.records().get(1))
        .contains(
            "\"specversion\":\"1.0\"",
            "\"source\":\"/v1/buildings/elm-12\"",
            "\"type\":\"vestibule.unlock.granted\"",
            "\"subject\":\"elm-12-front\"",
            "\"time\":\"2026-11-23T08:00:00Z\"",
            "\"receivedat\":\"2026-11-23T08:00:00Z\"",
            "\"datacontenttype\":\"application/json\"",
            "\"unlock\":\"" + claim.unlock() + "\"",
            "\"courier\":\"c-1\"",
            "\"carrier\":\"swift\"",
            "\"grant\":\"g\"");
  }

  @Test
  void everyKeyWritten_endsByItself_exceptWhatIsPending() {
    Attempt attempt = stage.pending("g");
    String attemptKey = Keys.attempt(Keys.shard(ELM), attempt.unlock());

    assertThat(ttl(Keys.audit(ELM))).isPositive();
    assertThat(ttl(Keys.rate(ELM, DOOR))).isPositive();
    assertThat(ttl(Keys.grant(ELM, new GrantId("g"))))
        .isBetween(Duration.ofHours(59).toMillis(), Duration.ofHours(60).toMillis());
    assertThat(ttl(Keys.grantIndex(new GrantId("g"))))
        .isBetween(Duration.ofHours(59).toMillis(), Duration.ofHours(60).toMillis());
    assertThat(ttl(attemptKey)).isEqualTo(-1);

    stage.close(attempt, new Outcome.Opened(stage.time.now()));

    assertThat(ttl(attemptKey)).isBetween(86_300_000L, 86_400_000L);
  }

  @Test
  void sameBytesAgain_areOnRecord_whateverHasChanged() {
    Claim claim = stage.fresh("g");
    stage.claimed(claim);
    stage.close(stage.find(claim.unlock()).orElseThrow(), new Outcome.Opened(START.plusMillis(9)));
    stage.fixture.loop.call(() -> stage.grants.revoke(new GrantId("g"), "swift"));
    lockDown("{\"since\":1,\"by\":\"homes\"}");
    stage.time.advance(Duration.ofHours(20));

    ClaimResult again = stage.claim(claim);

    assertThat(again).isInstanceOf(ClaimResult.OnRecord.class);
    assertThat(((ClaimResult.OnRecord) again).attempt().outcome())
        .contains(new Outcome.Opened(START.plusMillis(9)));
    assertThat(stage.used("g")).isEqualTo(1);
  }

  @Test
  void sameIdWithOtherBytes_isReplayed() {
    Claim claim = stage.fresh("g");
    stage.claimed(claim);

    Claim other = with(claim, Sha256.base64Url("other"), "g", claim.parcel());

    assertThat(stage.claimed(other)).isEqualTo("replayed");
  }

  @Test
  void sameIdInAnotherBuilding_isReplayed_andNothingIsUsed() {
    Claim elm = stage.fresh("jti-used-twice", "g");
    assertThat(stage.claimed(elm)).isEqualTo("claimed");
    Claim oak = stage.inOak("jti-used-twice", "g-oak", "other bytes");

    assertThat(stage.claimed(oak)).isEqualTo("replayed");
    assertThat(stage.used("g-oak")).isZero();
    assertThat(stage.claimed(stage.inOak("jti-of-its-own", "g-oak", "more bytes")))
        .isEqualTo("claimed");
  }

  @Test
  void sameBytesAfterTheDoorMovedToAnotherBuilding_areARetry() {
    Claim elm = stage.fresh("jti-moved", "g");
    stage.claimed(elm);
    Claim oak = stage.inOak("jti-moved", "g-oak", "jti-moved");

    ClaimResult retry = stage.claim(oak);

    assertThat(((ClaimResult.OnRecord) retry).attempt().unlock()).isEqualTo(elm.unlock());
    assertThat(stage.used("g-oak")).isZero();
  }

  @Test
  void deniedClaim_leavesItsIdToBeUsed() {
    Claim denied = stage.fresh("jti-denied", "no-such-grant");
    assertThat(stage.claimed(denied)).isEqualTo("unknown_grant");

    assertThat(stage.claimed(stage.inOak("jti-denied", "g-oak", "other bytes")))
        .isEqualTo("claimed");
  }

  @Test
  void claimThatArrivesAfterItWasGivenUp_findsItOver_andUsesNothing() {
    Claim late = stage.fresh("g");
    Outcome givenUp = new Outcome.Refused(Reason.STORE_UNAVAILABLE, START);
    stage.fixture.loop.call(() -> stage.claims.close(late.attempt(), givenUp));

    ClaimResult result = stage.claim(late);

    assertThat(((ClaimResult.OnRecord) result).attempt().outcome()).contains(givenUp);
    assertThat(stage.used("g")).isZero();
  }

  @Test
  void claimGivenUpByOneGateway_leavesTheSameBytesClaimedByAnother() {
    RedisClaims other = stage.claims(new Rate(15, Duration.ofMinutes(1)));
    Claim claim = stage.fresh("g");
    assertThat(result(other, claim)).isEqualTo("claimed");
    int records = stage.records().size();

    Outcome told =
        stage.close(claim.attempt(), new Outcome.Refused(Reason.STORE_UNAVAILABLE, START));

    assertThat(told).isInstanceOf(Outcome.Unknown.class);
    assertThat(stage.find(claim.unlock()).orElseThrow().outcome()).isEmpty();
    assertThat(stage.used("g")).isEqualTo(1);
    assertThat(stage.records()).hasSize(records);
    assertThat(stage.pendingCount()).isEqualTo(1);
  }

  @Test
  void refusalOfAnEarlierClaim_leavesALaterOneOfTheSameBytes() {
    Claim early = stage.fresh("g");
    stage.time.advance(Duration.ofSeconds(9));
    Claim late = at(early, stage.time.now());
    assertThat(stage.claimed(late)).isEqualTo("claimed");

    stage.close(early.attempt(), new Outcome.Refused(Reason.STORE_UNAVAILABLE, START));

    assertThat(stage.find(late.unlock()).orElseThrow().outcome()).isEmpty();
  }

  @Test
  void concurrentClaimsOfTheSameBytes_claimOnce() {
    Claim claim = stage.fresh("g");
    List<OnLoop> loops = List.of(stage.fixture.loop, loop(), loop(), loop());
    List<CompletableFuture<ClaimResult>> asked = new ArrayList<>();
    for (int count = 0; count < 200; count++) {
      asked.add(loops.get(count % loops.size()).start(() -> stage.claims.claim(claim)));
    }

    List<ClaimResult> results = asked.stream().map(OnLoop::await).toList();

    assertThat(results).filteredOn(ClaimResult.Claimed.class::isInstance).hasSize(1);
    assertThat(results).filteredOn(ClaimResult.OnRecord.class::isInstance).hasSize(199);
    assertThat(stage.used("g")).isEqualTo(1);
  }

  @Test
  void concurrentClaimsOfOneUse_withoutGrace_claimOnce() {
    stage.create(grant("one", 1, Duration.ZERO));
    List<OnLoop> loops = List.of(stage.fixture.loop, loop(), loop(), loop());
    List<CompletableFuture<ClaimResult>> asked = new ArrayList<>();
    for (int count = 0; count < 14; count++) {
      Claim claim = stage.fresh("one");
      asked.add(loops.get(count % loops.size()).start(() -> stage.claims.claim(claim)));
    }

    assertThat(asked.stream().map(OnLoop::await))
        .filteredOn(ClaimResult.Claimed.class::isInstance)
        .hasSize(1);
  }

  @Test
  void refusals_comeInTheContractsOrder() {
    // Everything is wrong at once; each step puts one thing right.
    stage.create(grant("used", 1, Duration.ZERO));
    stage.pending("used");
    Claim first = stage.fresh("used");
    lockDown("{\"since\":1,\"by\":\"homes\"}");
    Instant before = START.minusSeconds(1);
    stage.fixture.command("DEL", Keys.grant(ELM, new GrantId("used")));
    stage.fixture.command("DEL", Keys.grantIndex(new GrantId("used")));
    RedisClaims claims = stage.claims(new Rate(1, Duration.ofMinutes(1)));
    Claim wrong = at(with(first, first.requestHash(), "used", Optional.of("x")), before);

    assertThat(result(claims, wrong)).isEqualTo("lockdown");
    stage.fixture.command("DEL", Keys.lockdown(ELM));
    assertThat(result(claims, wrong)).isEqualTo("rate_limited");
    stage.fixture.command("DEL", Keys.rate(ELM, DOOR));
    assertThat(result(claims, wrong)).isEqualTo("unknown_grant");

    Grant grant = grant("used", 1, Duration.ZERO);
    stage.create(withDoor(grant, new DoorId("elm-12-back")));
    String key = Keys.grant(ELM, grant.id());
    stage.fixture.command("HSET", key, "revoked_at", "1", "closed_at", "1", "used", "1");
    assertThat(result(claims, wrong)).isEqualTo("grant_mismatch");
    stage.fixture.command("HSET", key, "door", DOOR.text(), "courier", "c-2");
    assertThat(result(claims, wrong)).isEqualTo("grant_mismatch");
    stage.fixture.command("HSET", key, "courier", "c-1");
    assertThat(result(claims, wrong)).isEqualTo("grant_revoked");
    stage.fixture.command("HDEL", key, "revoked_at");
    assertThat(result(claims, wrong)).isEqualTo("grant_closed");
    stage.fixture.command("HDEL", key, "closed_at");
    assertThat(result(claims, wrong)).isEqualTo("grant_not_started");
    assertThat(result(claims, at(wrong, END))).isEqualTo("grant_expired");
    assertThat(result(claims, at(wrong, START))).isEqualTo("parcel_mismatch");
    Claim right = at(first, START);
    assertThat(result(claims, right)).isEqualTo("grant_used_up");
    stage.fixture.command("HSET", key, "used", "0");
    assertThat(result(claims, right)).isEqualTo("claimed");
  }

  @Test
  void refusedClaim_changesNothing() {
    stage.opened("g");
    stage.time.advance(GRACE);
    int records = stage.records().size();
    long rated = stage.fixture.command("LLEN", Keys.rate(ELM, DOOR)).number();
    Claim claim = stage.fresh("g");

    assertThat(stage.claimed(claim)).isEqualTo("grant_used_up");

    assertThat(stage.find(claim.unlock())).isEmpty();
    assertThat(stage.pendingCount()).isZero();
    assertThat(stage.records()).hasSize(records);
    assertThat(stage.fixture.command("LLEN", Keys.rate(ELM, DOOR)).number()).isEqualTo(rated);
  }

  @Test
  void window_isHalfOpen() {
    assertThat(stage.claimed(at(stage.fresh("g"), START))).isEqualTo("claimed");
    stage.create(grant("late", 1, GRACE));
    assertThat(stage.claimed(at(stage.fresh("late"), END))).isEqualTo("grant_expired");
    assertThat(stage.claimed(at(stage.fresh("late"), END.minusMillis(1)))).isEqualTo("claimed");
  }

  @Test
  void lockdownThatHasEnded_refusesNothing_andOneThatCannotBeReadDoes() {
    lockDown("{\"since\":1,\"until\":" + START.toEpochMilli() + ",\"by\":\"homes\"}");
    assertThat(stage.claimed(stage.fresh("g"))).isEqualTo("claimed");
    lockDown("{\"since\":1,\"until\":" + (START.toEpochMilli() + 1) + ",\"by\":\"homes\"}");
    assertThat(stage.claimed(stage.fresh("g"))).isEqualTo("lockdown");
    lockDown("{\"since\":1,\"until\":null}");
    assertThat(stage.claimed(stage.fresh("g"))).isEqualTo("lockdown");
    lockDown("garbage");
    assertThat(stage.claimed(stage.fresh("g"))).isEqualTo("lockdown");
    lockDown("7");
    assertThat(stage.claimed(stage.fresh("g"))).isEqualTo("lockdown");
  }

  @Test
  void parcel_mayBeAbsentOnlyWhereNotRequired_andMustMatchWhereGiven() {
    Claim claim = stage.fresh("g");
    String both = String.join(",", grant("g", 1, GRACE).parcels());

    assertThat(stage.claimed(parcel(claim, Optional.empty(), true))).isEqualTo("parcel_mismatch");
    assertThat(stage.claimed(parcel(claim, Optional.of(both), true))).isEqualTo("parcel_mismatch");
    assertThat(stage.claimed(parcel(claim, Optional.of("x"), false))).isEqualTo("parcel_mismatch");
    assertThat(stage.claimed(parcel(claim, Optional.empty(), false))).isEqualTo("claimed");
  }

  @Test
  void grantOfAnotherCarriersCourierOfTheSameId_isAMismatch() {
    Claim claim = stage.fresh("g");
    Claim.Who other = new Claim.Who(WHO.courier(), new CarrierId("rival"));

    assertThat(stage.claimed(who(claim, other))).isEqualTo("grant_mismatch");
  }

  @Test
  void grantOfAnotherBuilding_isAMismatch_andOneOfNoneUnknown() {
    BuildingId oak = new BuildingId("oak-3");
    assertThat(Keys.shard(oak)).isNotEqualTo(Keys.shard(ELM));
    Grant elsewhere = withDoor(grant("elsewhere", 1, GRACE), new DoorId("oak-3-front"));
    stage.fixture.loop.call(() -> stage.grants.create(elsewhere, building(oak), "swift"));

    assertThat(stage.claimed(stage.fresh("elsewhere"))).isEqualTo("grant_mismatch");
    assertThat(stage.claimed(stage.fresh("nowhere"))).isEqualTo("unknown_grant");
  }

  @Test
  void rate_boundsClaimsInAnyStretch_andSaysWhenToComeAgain() {
    stage.create(grant("many", 100, Duration.ZERO));
    for (int count = 0; count < 15; count++) {
      assertThat(stage.claimed(stage.fresh("many"))).isEqualTo("claimed");
      stage.time.advance(Duration.ofSeconds(2));
    }

    ClaimResult limited = stage.claim(stage.fresh("many"));
    assertThat(limited)
        .isEqualTo(new ClaimResult.Denied(Reason.RATE_LIMITED, Duration.ofSeconds(30)));
    stage.time.advance(Duration.ofSeconds(30).minusMillis(1));
    assertThat(stage.claimed(stage.fresh("many"))).isEqualTo("rate_limited");
    stage.time.advance(Duration.ofMillis(1));
    assertThat(stage.claimed(stage.fresh("many"))).isEqualTo("claimed");
    assertThat(stage.claimed(stage.fresh("many"))).isEqualTo("rate_limited");
  }

  @Test
  void refusedClaims_doNotCountForTheRate() {
    for (int count = 0; count < 40; count++) {
      assertThat(stage.claimed(stage.fresh("nowhere"))).isEqualTo("unknown_grant");
    }
    assertThat(stage.claimed(stage.fresh("g"))).isEqualTo("claimed");
  }

  @Test
  void idNoGatewayMade_isNoAttempt() {
    assertThat(stage.find(new UnlockId("x"))).isEmpty();
    assertThat(stage.find(new UnlockId("u0"))).isEmpty();
    assertThat(stage.find(new UnlockId("uzzz0000000000000000000000"))).isEmpty();
    assertThat(stage.find(new UnlockId("u0000000000000000000000000"))).isEmpty();
  }

  /** Beyond 64 bytes Redis keeps the whole attempt as a table, in twice the memory. */
  @Test
  void attempt_isKeptInShortValues() {
    Claim claim = stage.fresh("g");
    stage.claimed(claim);

    String key = Keys.attempt(Keys.shard(ELM), claim.unlock());
    assertThat(stage.fixture.command("HGETALL", key).fields().values())
        .isNotEmpty()
        .allSatisfy(value -> assertThat(value).hasSizeLessThanOrEqualTo(64));
  }

  private static OnLoop loop() {
    return new OnLoop(stage.fixture.vertx);
  }

  private static String result(RedisClaims claims, Claim claim) {
    return stage
        .fixture
        .loop
        .call(() -> claims.claim(claim))
        .match(claimed -> "claimed", onRecord -> "on_record", denied -> denied.reason().code());
  }

  private static void lockDown(String entry) {
    stage.fixture.command("SET", Keys.lockdown(ELM), entry);
  }

  private static long ttl(String key) {
    return stage.fixture.command("PTTL", key).number();
  }

  private static Grant withDoor(Grant grant, DoorId door) {
    return new Grant(
        grant.id(),
        grant.carrier(),
        grant.courier(),
        door,
        grant.parcels(),
        grant.window(),
        grant.uses());
  }

  private static Claim with(Claim claim, String hash, String grant, Optional<String> parcel) {
    return new Claim(
        claim.unlock(),
        hash,
        claim.who(),
        claim.where(),
        new GrantId(grant),
        parcel,
        claim.requireParcel(),
        claim.at(),
        claim.deadline());
  }

  private static Claim parcel(Claim claim, Optional<String> parcel, boolean required) {
    return new Claim(
        claim.unlock(),
        claim.requestHash(),
        claim.who(),
        claim.where(),
        claim.grant(),
        parcel,
        required,
        claim.at(),
        claim.deadline());
  }

  private static Claim who(Claim claim, Claim.Who who) {
    return new Claim(
        claim.unlock(),
        claim.requestHash(),
        who,
        claim.where(),
        claim.grant(),
        claim.parcel(),
        claim.requireParcel(),
        claim.at(),
        claim.deadline());
  }

  private static Claim at(Claim claim, Instant at) {
    return new Claim(
        claim.unlock(),
        claim.requestHash(),
        claim.who(),
        claim.where(),
        claim.grant(),
        claim.parcel(),
        claim.requireParcel(),
        at,
        at.plus(DEADLINE));
  }
}
