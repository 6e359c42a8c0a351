package io.vestibule.grant;

import static io.vestibule.grant.ClaimStage.ELM;
import static io.vestibule.grant.ClaimStage.START;
import static io.vestibule.grant.ClaimStage.building;
import static io.vestibule.grant.ClaimStage.grant;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.access.BuildingId;
import io.vestibule.access.CarrierId;
import io.vestibule.access.GrantId;
import io.vestibule.store.Keys;
import io.vestibule.testing.OnLoop;
import java.io.IOException;
import java.time.Duration;
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
class RedisGrantsIT {
  private static final Grant GRANT = grant("g", 3, Duration.ofMinutes(5));

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
  }

  @Test
  void createdGrant_isFoundAsItWas_andRecorded() {
    assertThat(stage.create(GRANT)).isTrue();

    assertThat(stage.state("g"))
        .isEqualTo(new GrantState(GRANT, ELM, 0, Optional.empty(), Optional.empty()));
    assertThat(stage.records()).hasSize(1);
    assertThat(stage.records().get(0))
        .contains(
            "\"type\":\"vestibule.grant.created\"",
            "\"subject\":\"elm-12-front\"",
            "\"grant\":\"g\"",
            "\"by\":\"swift\"");
  }

  @Test
  void idThatIsTaken_isNotCreatedAgain_byAnyone() {
    stage.create(GRANT);

    assertThat(stage.create(GRANT)).isFalse();
    assertThat(stage.create(ofCarrier("rival"))).isFalse();
    assertThat(createIn(new BuildingId("oak-3"))).isFalse();
    assertThat(stage.records()).hasSize(1);
    assertThat(stage.state("g").grant()).isEqualTo(GRANT);
  }

  @Test
  void ofConcurrentCreations_oneSucceeds() {
    OnLoop other = new OnLoop(stage.fixture.vertx);
    List<CompletableFuture<Boolean>> asked = new ArrayList<>();
    for (int count = 0; count < 20; count++) {
      OnLoop loop = count % 2 == 0 ? stage.fixture.loop : other;
      asked.add(loop.start(() -> stage.grants.create(GRANT, building(ELM), "swift")));
    }

    assertThat(asked.stream().map(OnLoop::await)).filteredOn(created -> created).hasSize(1);
  }

  @Test
  void halfCreatedGrant_isAbsent_andItsCarrierMayCreateIt() {
    stage.create(GRANT);
    stage.fixture.command("DEL", Keys.grant(ELM, GRANT.id()));

    assertThat(stage.fixture.loop.call(() -> stage.grants.find(GRANT.id()))).isEmpty();
    assertThat(stage.create(ofCarrier("rival"))).isFalse();
    assertThat(stage.create(GRANT)).isTrue();
    assertThat(stage.state("g").grant()).isEqualTo(GRANT);
  }

  @Test
  void revokedGrant_saysSinceWhen_andTheFirstTimeStands() {
    stage.create(GRANT);
    revoke();
    stage.time.advance(Duration.ofSeconds(5));

    assertThat(revoke().orElseThrow().revokedAt()).contains(START);
    assertThat(stage.state("g").revokedAt()).contains(START);
    assertThat(stage.records()).hasSize(2);
    assertThat(stage.records().get(1))
        .contains("\"type\":\"vestibule.grant.revoked\"", "\"by\":\"swift\"");
    assertThat(stage.claimed(stage.fresh("g"))).isEqualTo("grant_revoked");
  }

  @Test
  void deliveredGrant_isClosed() {
    stage.create(GRANT);

    GrantState closed =
        stage.fixture.loop.call(() -> stage.grants.close(GRANT.id(), "swift")).orElseThrow();

    assertThat(closed.closedAt()).contains(START);
    assertThat(stage.records().get(1)).contains("\"type\":\"vestibule.grant.closed\"");
    assertThat(stage.claimed(stage.fresh("g"))).isEqualTo("grant_closed");
  }

  @Test
  void unknownGrant_isNeitherRevokedNorMade() {
    assertThat(revoke()).isEmpty();
    assertThat(stage.fixture.command("DBSIZE").number()).isZero();
  }

  @Test
  void idempotencyKey_remembersTheGrantOfItsFirstUse() {
    IdempotencyKeys keys = new IdempotencyKeys(stage.fixture.store);

    assertThat(use(keys, "swift", "k", "b1", "g1")).isEqualTo("first");
    assertThat(use(keys, "swift", "k", "b1", "g2")).isEqualTo("same g1");
    assertThat(use(keys, "swift", "k", "b2", "g2")).isEqualTo("other body");
    assertThat(use(keys, "rival", "k", "b2", "g2")).isEqualTo("first");
    assertThat(use(keys, "swift", "l", "b2", "g2")).isEqualTo("first");
    for (var key : stage.fixture.command("KEYS", "vi:*").list()) {
      assertThat(stage.fixture.command("PTTL", key.text()).number())
          .isBetween(86_300_000L, 86_400_000L);
    }
  }

  private static String use(
      IdempotencyKeys keys, String tenant, String key, String body, String grant) {
    return stage
        .fixture
        .loop
        .call(() -> keys.use(tenant, key, body, new GrantId(grant)))
        .match(() -> "first", same -> "same " + same, () -> "other body");
  }

  private static Optional<GrantState> revoke() {
    return stage.fixture.loop.call(() -> stage.grants.revoke(GRANT.id(), "swift"));
  }

  private static boolean createIn(BuildingId building) {
    return stage.fixture.loop.call(() -> stage.grants.create(GRANT, building(building), "swift"));
  }

  private static Grant ofCarrier(String carrier) {
    return new Grant(
        GRANT.id(),
        new CarrierId(carrier),
        GRANT.courier(),
        GRANT.door(),
        GRANT.parcels(),
        GRANT.window(),
        GRANT.uses());
  }
}
