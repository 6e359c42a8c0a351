package io.vestibule.grant;

import static io.vestibule.grant.ClaimStage.START;
import static io.vestibule.grant.ClaimStage.grant;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.access.GrantId;
import io.vestibule.access.Reason;
import io.vestibule.config.Rate;
import io.vestibule.store.Keys;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What counts as one visit, and when a use comes back. */
class VisitsIT {
  private static final Duration GRACE = Duration.ofMinutes(5);

  private static ClaimStage stage;

  @BeforeAll
  static void start() throws IOException {
    stage = new ClaimStage();
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @BeforeEach
  void empty() {
    stage.fixture.flush();
    stage.time.set(START);
    stage.create(grant("g", 1, GRACE));
    stage.create(grant("two", 2, GRACE));
    stage.create(grant("none", 1, Duration.ZERO));
  }

  @Test
  void openingAgainWithinGrace_usesNothingMore_andNotAfter() {
    stage.opened("g");
    stage.time.advance(GRACE.minusMillis(1));
    stage.opened("g");

    assertThat(stage.used("g")).isEqualTo(1);
    stage.time.advance(Duration.ofMillis(1));
    assertThat(stage.claimed(stage.fresh("g"))).isEqualTo("grant_used_up");
  }

  @Test
  void grace_runsFromTheFirstOpening_notTheLatest() {
    stage.opened("two");
    stage.time.advance(Duration.ofSeconds(200));
    stage.opened("two");
    stage.time.advance(Duration.ofSeconds(200));
    stage.opened("two");

    assertThat(stage.used("two")).isEqualTo(2);
  }

  @Test
  void withoutGrace_eachClaimIsAVisit() {
    stage.opened("none");

    assertThat(stage.claimed(stage.fresh("none"))).isEqualTo("grant_used_up");
  }

  @Test
  void withoutGrace_aDoorsClockAheadGivesNone() {
    Attempt attempt = stage.pending("none");
    stage.close(attempt, new Outcome.Opened(START.plusSeconds(3_600)));

    assertThat(stage.claimed(stage.fresh("none"))).isEqualTo("grant_used_up");
  }

  @Test
  void doorsClock_doesNotStretchGraceBeyondTheDeadline() {
    Attempt attempt = stage.pending("g");
    stage.close(attempt, new Outcome.Opened(START.plusSeconds(3_600)));
    stage.time.set(attempt.deadline().plus(GRACE));

    assertThat(stage.claimed(stage.fresh("g"))).isEqualTo("grant_used_up");
  }

  @Test
  void doorsClockBehind_doesNotShortenGraceBeforeTheClaim() {
    Attempt attempt = stage.pending("g");
    stage.close(attempt, new Outcome.Opened(Instant.EPOCH));
    stage.time.advance(GRACE.minusMillis(1));

    assertThat(stage.claimed(stage.fresh("g"))).isEqualTo("claimed");
  }

  @Test
  void pendingVisit_isJoined() {
    Attempt first = stage.pending("g");
    Attempt second = stage.pending("g");

    assertThat(stage.used("g")).isEqualTo(1);
    stage.close(first, new Outcome.Opened(START.plusSeconds(1)));
    stage.refuse(second);
    assertThat(stage.used("g")).isEqualTo(1);
  }

  @Test
  void overdueVisit_beganAtItsClaim() {
    stage.pending("two");
    stage.time.advance(GRACE.minusMillis(1));
    stage.pending("two");
    assertThat(stage.used("two")).isEqualTo(1);

    stage.fixture.flush();
    stage.time.set(START);
    stage.create(grant("two", 2, GRACE));
    stage.pending("two");
    stage.time.advance(GRACE);
    stage.pending("two");
    assertThat(stage.used("two")).isEqualTo(2);
  }

  @Test
  void refusedAttempt_givesTheUseBack() {
    stage.refuse(stage.pending("g"));

    assertThat(stage.used("g")).isZero();
    stage.opened("g");
    assertThat(stage.used("g")).isEqualTo(1);
  }

  @Test
  void useComesBack_onlyWhenTheLastAttemptOfTheVisitIsRefused() {
    Attempt first = stage.pending("g");
    Attempt second = stage.pending("g");

    stage.refuse(first);
    assertThat(stage.used("g")).isEqualTo(1);
    stage.refuse(second);
    assertThat(stage.used("g")).isZero();
  }

  @Test
  void unknown_countsAsOpened_atItsClaim() {
    Attempt attempt = stage.pending("g");
    stage.time.advance(Duration.ofSeconds(5));
    stage.close(attempt, new Outcome.Unknown(stage.time.now()));

    assertThat(stage.used("g")).isEqualTo(1);
    stage.time.set(START.plus(GRACE).minusMillis(1));
    assertThat(stage.claimed(stage.fresh("g"))).isEqualTo("claimed");
    stage.time.set(START.plus(GRACE));
    assertThat(stage.claimed(stage.fresh("g"))).isEqualTo("grant_used_up");
  }

  @Test
  void refusedAfterAnUnknownOfTheSameVisit_givesNothingBack() {
    Attempt first = stage.pending("g");
    Attempt second = stage.pending("g");
    stage.close(first, new Outcome.Unknown(START.plusSeconds(5)));
    stage.refuse(second);

    assertThat(stage.used("g")).isEqualTo(1);
  }

  @Test
  void attemptOfAnOlderVisit_leavesTheNewerAlone() {
    stage.opened("two");
    stage.time.advance(GRACE.minusSeconds(1));
    Attempt old = stage.pending("two");
    stage.time.advance(Duration.ofSeconds(1));
    Attempt newer = stage.pending("two");
    assertThat(stage.used("two")).isEqualTo(2);

    stage.refuse(old);
    assertThat(stage.used("two")).isEqualTo(2);
    stage.refuse(newer);
    assertThat(stage.used("two")).isEqualTo(1);
  }

  @Test
  void withoutGrace_anOlderRefusedAttempt_givesItsOwnUseBack() {
    stage.create(grant("both", 2, Duration.ZERO));
    Attempt first = stage.pending("both");
    Attempt second = stage.pending("both");
    assertThat(stage.claimed(stage.fresh("both"))).isEqualTo("grant_used_up");

    stage.refuse(first);
    assertThat(stage.used("both")).isEqualTo(1);
    stage.close(second, new Outcome.Opened(START));
    assertThat(stage.used("both")).isEqualTo(1);
    assertThat(stage.claimed(stage.fresh("both"))).isEqualTo("claimed");
  }

  @Test
  void anySchedule_agreesWithAPlainModel() {
    for (long seed = 0; seed < 60; seed++) {
      schedule(new Random(seed), seed);
    }
  }

  /** Claims and closings in any order and at any time; uses and refusals as the model has them. */
  private static void schedule(Random random, long seed) {
    Duration grace = Duration.ofSeconds(random.nextBoolean() ? 0 : 20 + random.nextInt(60));
    int usesMax = 1 + random.nextInt(3);
    String id = "s" + seed;
    stage.time.set(START);
    stage.create(grant(id, usesMax, grace));
    RedisClaims claims = stage.claims(new Rate(1_000, Duration.ofMinutes(1)));
    VisitModel model = new VisitModel(usesMax, grace);
    List<Attempt> pending = new ArrayList<>();
    List<VisitModel.Visit> visits = new ArrayList<>();
    for (int step = 0; step < 40; step++) {
      stage.time.advance(Duration.ofMillis(random.nextInt(4_000)));
      closeDue(model, pending, visits);
      if (pending.isEmpty() || random.nextInt(3) > 0) {
        Claim claim = stage.fresh(id + "-" + step + "-jti", id);
        ClaimResult result = stage.fixture.loop.call(() -> claims.claim(claim));
        var visit = model.claim(claim.at());
        assertThat(result instanceof ClaimResult.Claimed)
            .as("seed %d step %d", seed, step)
            .isEqualTo(visit.isPresent());
        visit.ifPresent(
            joined -> {
              pending.add(stage.find(claim.unlock()).orElseThrow());
              visits.add(joined);
            });
      } else {
        int index = random.nextInt(pending.size());
        Outcome outcome = outcome(random, stage.time.now());
        Attempt attempt = pending.get(index);
        // By whoever claimed it: nobody else may refuse.
        stage.fixture.loop.call(() -> claims.close(attempt, outcome));
        model.close(visits.remove(index), pending.remove(index), outcome);
      }
      assertThat(stage.used(id)).as("seed %d step %d", seed, step).isEqualTo(model.usedCount());
      assertThat(model.usedCount()).isLessThanOrEqualTo(usesMax);
    }
    stage.fixture.command("DEL", Keys.grant(ClaimStage.ELM, new GrantId(id)));
  }

  /** As a living gateway does: no attempt outlives its deadline. */
  private static void closeDue(
      VisitModel model, List<Attempt> pending, List<VisitModel.Visit> visits) {
    for (int index = pending.size() - 1; index >= 0; index--) {
      Attempt attempt = pending.get(index);
      if (!attempt.deadline().isAfter(stage.time.now())) {
        Outcome unknown = new Outcome.Unknown(attempt.deadline());
        stage.close(attempt, unknown);
        model.close(visits.remove(index), pending.remove(index), unknown);
      }
    }
  }

  private static Outcome outcome(Random random, Instant now) {
    return switch (random.nextInt(3)) {
      case 0 -> new Outcome.Opened(now);
      case 1 -> new Outcome.Refused(Reason.DOOR_REFUSED, now);
      default -> new Outcome.Unknown(now);
    };
  }
}
