package io.vestibule.grant;

import static io.vestibule.grant.ClaimStage.ELM;
import static io.vestibule.grant.ClaimStage.START;
import static io.vestibule.grant.ClaimStage.grant;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.access.GrantId;
import io.vestibule.store.Keys;
import io.vestibule.testing.StoreFixture;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The simulated Redis and a real one are asked the same, and say and keep the same. */
class SimulatedAgreementIT {
  private static final int SEED_COUNT = 25;
  private static final int STEP_COUNT = 40;

  @SuppressWarnings("NullAway.Init") // before all tests
  private static ClaimStage real;

  @SuppressWarnings("NullAway.Init") // before all tests
  private static ClaimStage simulated;

  @BeforeAll
  static void start() throws IOException {
    real = new ClaimStage();
    simulated = new ClaimStage(StoreFixture.simulated());
  }

  @AfterAll
  static void stop() {
    real.close();
    simulated.close();
  }

  @Test
  void anySequence_comesToTheSameOnBoth() {
    for (long seed = 0; seed < SEED_COUNT; seed++) {
      List<String> onReal = played(real, seed);
      List<String> onSimulated = played(simulated, seed);

      assertThat(onSimulated).as("seed %d", seed).isEqualTo(onReal);
    }
  }

  /** What was answered to each step, and what was kept after it. */
  private static List<String> played(ClaimStage stage, long seed) {
    Random random = new Random(seed);
    stage.fixture.flush();
    stage.time.set(START);
    stage.create(grant("brief", 1, Duration.ZERO));
    stage.create(grant("long", 2, Duration.ofSeconds(30)));
    List<Claim> claims = new ArrayList<>();
    List<String> told = new ArrayList<>();
    for (int step = 0; step < STEP_COUNT; step++) {
      stage.time.advance(Duration.ofMillis(random.nextInt(4_000)));
      told.add(step(stage, random, claims, seed + "-" + step));
      told.add(kept(stage));
    }
    told.addAll(stage.records());
    return told;
  }

  private static String step(ClaimStage stage, Random random, List<Claim> claims, String name) {
    int drawn = claims.isEmpty() ? 0 : random.nextInt(14);
    String grant = random.nextBoolean() ? "brief" : "long";
    Claim some = claims.isEmpty() ? null : claims.get(random.nextInt(claims.size()));
    if (drawn < 5 || some == null) {
      Claim fresh = stage.fresh("jti-" + name, grant);
      claims.add(fresh);
      return stage.claim(fresh).toString();
    }
    return switch (drawn) {
      case 5 -> stage.claim(some).toString();
      case 6, 7 -> stage.close(some.attempt(), new Outcome.Opened(stage.time.now())).toString();
      case 8, 9 -> stage.refuse(some.attempt()).toString();
      case 10 -> stage.close(some.attempt(), new Outcome.Unknown(stage.time.now())).toString();
      case 11 -> stage.find(some.unlock()).toString();
      case 12 -> swept(stage);
      default -> ended(stage, random, new GrantId(grant));
    };
  }

  private static String swept(ClaimStage stage) {
    int shard = Integer.parseInt(Keys.shard(ELM), 16);
    return stage.fixture.loop.call(() -> stage.claims.closeOverdue(shard)).toString();
  }

  private static String ended(ClaimStage stage, Random random, GrantId grant) {
    return switch (random.nextInt(3)) {
      case 0 -> stage.fixture.loop.call(() -> stage.grants.revoke(grant, "swift")).toString();
      case 1 -> stage.fixture.loop.call(() -> stage.grants.close(grant, "swift")).toString();
      default -> {
        String lockdown = "{\"until\":" + stage.time.now().plusSeconds(5).toEpochMilli() + "}";
        stage.fixture.command("SET", Keys.lockdown(ELM), lockdown);
        yield "locked down";
      }
    };
  }

  private static String kept(ClaimStage stage) {
    TreeMap<String, Object> kept = new TreeMap<>();
    for (String grant : List.of("brief", "long")) {
      String key = Keys.grant(ELM, new GrantId(grant));
      kept.put(grant, new TreeMap<>(stage.fixture.command("HGETALL", key).fields()));
    }
    kept.put("pending", stage.pendingCount());
    return kept.toString();
  }
}
