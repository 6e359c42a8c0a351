package io.vestibule.grant;

import static io.vestibule.grant.ClaimStage.START;
import static io.vestibule.grant.ClaimStage.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vestibule.access.UnlockId;
import io.vestibule.config.Rate;
import io.vestibule.config.RedisConfig;
import io.vestibule.metrics.Meters;
import io.vestibule.signing.Sha256;
import io.vestibule.store.Keys;
import io.vestibule.store.RedisStore;
import io.vestibule.store.Store;
import io.vestibule.testing.OnLoop;
import io.vestibule.testing.RedisFixture;
import io.vestibule.testing.RedisProxy;
import io.vestibule.time.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two claims that use one {@code jti} at the same time, one of them over a slow line. */
class JtiUseIT {
  private static final String JTI = "jti-used-at-once";

  private ClaimStage stage;
  private RedisProxy proxy;
  private RedisStore slowStore;
  private RedisClaims slow;

  @BeforeEach
  void start() throws IOException {
    RedisFixture fixture = new RedisFixture();
    stage = new ClaimStage(fixture);
    stage.time.set(START);
    stage.create(grant("g", 5, Duration.ZERO));
    // Both scripts are loaded, so that a held reply is that of the claim itself.
    assertThat(stage.claimed(stage.fresh("no-such-grant"))).isEqualTo("unknown_grant");
    proxy = new RedisProxy(fixture.redis);
    slowStore =
        new RedisStore(
            stage.fixture.vertx,
            new RedisConfig(
                RedisConfig.Mode.STANDALONE, List.of(proxy.url()), /* embedded= */ false),
            Time.system(),
            new Meters(new SimpleMeterRegistry()));
    slow = new RedisClaims(slowStore, stage.time, new Rate(15, Duration.ofMinutes(1)), () -> {});
    stage.fixture.loop.call(slowStore::connect);
  }

  @Test
  void takeOver_isOfTheSameUnlocksUseAlone() {
    UnlockId here = new UnlockId("u001AAAAAAAAAAAAAAAAAAAAAA");
    UnlockId elsewhere = new UnlockId("u002AAAAAAAAAAAAAAAAAAAAAA");
    JtiUse first = new JtiUse(here, here + " 1", 60_000);
    JtiUse second = new JtiUse(here, here + " 2", 60_000);
    JtiUse other = new JtiUse(elsewhere, elsewhere + " 3", 60_000);
    Store store = stage.fixture.store;
    stage.fixture.loop.call(() -> first.take(store));

    assertThat(stage.fixture.loop.call(() -> second.takeOver(store))).isEmpty();
    stage.fixture.loop.call(() -> first.release(store)); // It is not the first one's any more.
    assertThat(stage.fixture.loop.call(() -> other.take(store)).orElseThrow().unlock())
        .isEqualTo(here);

    stage.fixture.loop.call(() -> second.release(store));
    stage.fixture.loop.call(() -> other.take(store));
    assertThat(stage.fixture.loop.call(() -> second.takeOver(store)).orElseThrow().unlock())
        .isEqualTo(elsewhere);
  }

  @AfterEach
  void stop() {
    stage.fixture.loop.call(slowStore::close);
    proxy.close();
    stage.close();
  }

  @Test
  void denialThatComesLate_doesNotGiveUpTheJtiOfAClaimMadeMeanwhile() {
    Claim denied = stage.fresh(JTI, "no-such-grant");
    CompletableFuture<ClaimResult> late = startHeld(denied);
    Claim granted = withOtherBytes(stage.fresh(JTI, "g"));
    assertThat(stage.claimed(granted)).isEqualTo("claimed");

    proxy.release();

    assertThat(OnLoop.await(late)).isInstanceOf(ClaimResult.Denied.class);
    assertThat(stage.claimed(stage.inOak(JTI, "g-oak", "more bytes"))).isEqualTo("replayed");
  }

  @Test
  void denialOfTheSameBytesThatComesLate_doesNotEither() {
    Claim denied = stage.fresh(JTI, "later");
    CompletableFuture<ClaimResult> late = startHeld(denied);
    stage.create(grant("later", 1, Duration.ZERO));
    assertThat(stage.claimed(denied)).isEqualTo("claimed");

    proxy.release();

    assertThat(OnLoop.await(late)).isInstanceOf(ClaimResult.Denied.class);
    assertThat(stage.claimed(stage.inOak(JTI, "g-oak", "more bytes"))).isEqualTo("replayed");
  }

  /** A claim that Redis has answered, and whose gateway does not know it yet. */
  private CompletableFuture<ClaimResult> startHeld(Claim claim) {
    proxy.hold();
    long before = scriptRuns();
    CompletableFuture<ClaimResult> late = stage.fixture.loop.start(() -> slow.claim(claim));
    String unlock = claim.unlock().text();
    String key = Keys.jti(unlock.substring(unlock.length() - 22));
    await().until(() -> stage.fixture.command("EXISTS", key).number() == 1);
    await().until(() -> scriptRuns() > before);
    return late;
  }

  private long scriptRuns() {
    return stage
        .fixture
        .command("INFO", "commandstats")
        .text()
        .lines()
        .filter(line -> line.startsWith("cmdstat_evalsha:calls="))
        .mapToLong(line -> Long.parseLong(line.replaceAll("^.*:calls=(\\d+),.*$", "$1")))
        .sum();
  }

  private static Claim withOtherBytes(Claim claim) {
    return new Claim(
        claim.unlock(),
        Sha256.base64Url("other bytes"),
        claim.who(),
        claim.where(),
        claim.grant(),
        claim.parcel(),
        claim.requireParcel(),
        claim.at(),
        claim.deadline());
  }
}
