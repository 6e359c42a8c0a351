package io.vestibule.grant;

import static io.vestibule.grant.ClaimStage.DEADLINE;
import static io.vestibule.grant.ClaimStage.ELM;
import static io.vestibule.grant.ClaimStage.START;
import static io.vestibule.grant.ClaimStage.grant;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.access.GrantId;
import io.vestibule.store.Keys;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How attempts end: by their outcome, or for want of one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClosedAttemptsIT {
  private static final Duration GRACE = Duration.ofMinutes(5);
  private static final Duration OVERDUE = DEADLINE.plusSeconds(2);

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
    stage.overdue.set(0);
    assertThat(stage.create(grant("g", 1, GRACE))).isTrue();
  }

  @Test
  void closing_storesTheOutcome_recordsIt_andEndsThePending() {
    Attempt attempt = stage.pending("g");
    stage.time.advance(Duration.ofMillis(1_500));
    Outcome outcome = new Outcome.Opened(START.plusMillis(1_200));

    assertThat(stage.close(attempt, outcome)).isEqualTo(outcome);

    assertThat(stage.find(attempt.unlock()).orElseThrow().outcome()).contains(outcome);
    assertThat(stage.pendingCount()).isZero();
    assertThat(stage.records()).hasSize(3);
    assertThat(stage.records().get(2))
        .contains(
            "\"type\":\"vestibule.unlock.opened\"",
            "\"time\":\"2026-11-23T08:00:01.200Z\"",
            "\"receivedat\":\"2026-11-23T08:00:01.500Z\"",
            "\"unlock\":\"" + attempt.unlock() + "\"")
        .doesNotContain("reason");
  }

  @Test
  void closingRecords_nameTheReason() {
    stage.create(grant("many", 9, Duration.ZERO));
    stage.refuse(stage.pending("many"));
    stage.close(stage.pending("many"), new Outcome.Unknown(START));

    assertThat(stage.records().get(3))
        .contains("vestibule.unlock.refused", "\"reason\":\"door_refused\"");
    assertThat(stage.records().get(5))
        .contains("vestibule.unlock.unknown", "\"reason\":\"door_timed_out\"");
  }

  @Test
  void ofSeveralOutcomes_theFirstStands() {
    Attempt attempt = stage.pending("g");
    Outcome first = new Outcome.Unknown(START.plusSeconds(5));
    stage.close(attempt, first);
    int records = stage.records().size();

    assertThat(stage.close(attempt, new Outcome.Opened(START))).isEqualTo(first);
    assertThat(stage.refuse(attempt)).isEqualTo(first);

    assertThat(stage.find(attempt.unlock()).orElseThrow().outcome()).contains(first);
    assertThat(stage.records()).hasSize(records);
    assertThat(stage.used("g")).isEqualTo(1);
  }

  @Test
  void closingOfAnExpiredGrant_doesNotBringItBack() {
    Attempt attempt = stage.pending("g");
    stage.fixture.command("DEL", Keys.grant(ELM, new GrantId("g")));

    stage.refuse(attempt);

    assertThat(stage.fixture.command("EXISTS", Keys.grant(ELM, new GrantId("g"))).number())
        .isZero();
    assertThat(stage.find(attempt.unlock()).orElseThrow().outcome()).isPresent();
  }

  @Test
  void closing_lengthensTheLogsLife_andNeverCutsIt() {
    String log = Keys.audit(ELM);
    Attempt attempt = stage.pending("g");
    stage.fixture.command("PEXPIRE", log, "1000");

    stage.close(attempt, new Outcome.Unknown(START));

    long life = Duration.ofDays(attempt.where().retentionDays()).toMillis();
    assertThat(stage.fixture.command("PTTL", log).number()).isBetween(life - 60_000, life);

    stage.create(grant("later", 1, Duration.ZERO));
    Attempt later = stage.pending("later");
    stage.fixture.command("PEXPIRE", log, Long.toString(2 * life));
    stage.refuse(later);

    assertThat(stage.fixture.command("PTTL", log).number()).isGreaterThan(life);
  }

  @Test
  void closing_givesALife_toALogThatWasLost() {
    Attempt attempt = stage.pending("g");
    stage.fixture.command("DEL", Keys.audit(ELM));

    stage.refuse(attempt);

    long life = Duration.ofDays(attempt.where().retentionDays()).toMillis();
    assertThat(stage.fixture.command("PTTL", Keys.audit(ELM)).number())
        .isBetween(life - 60_000, life);
  }

  @Test
  void closingOfALostClaim_isStillRecorded() {
    Attempt attempt = stage.pending("g");
    stage.fixture.flush();
    Outcome opened = new Outcome.Opened(START);

    assertThat(stage.close(attempt, opened)).isEqualTo(opened);
    assertThat(stage.find(attempt.unlock())).contains(attempt.withOutcome(opened));

    assertThat(stage.records()).hasSize(1);
  }

  @Test
  void attemptLongPastItsDeadline_isClosedAsUnknown_byWhoeverReadsIt() {
    Attempt attempt = stage.pending("g");
    stage.time.advance(OVERDUE);
    assertThat(stage.find(attempt.unlock()).orElseThrow().outcome()).isEmpty();
    stage.time.advance(Duration.ofMillis(1));

    assertThat(stage.find(attempt.unlock()).orElseThrow().outcome())
        .contains(new Outcome.Unknown(attempt.deadline()));
    assertThat(stage.refuse(attempt)).isEqualTo(new Outcome.Unknown(attempt.deadline()));
    assertThat(stage.records()).hasSize(3);
    assertThat(stage.pendingCount()).isZero();
  }

  @Test
  void attemptLongPastItsDeadline_isClosedAsUnknown_byARetry() {
    Claim claim = stage.fresh("g");
    stage.claimed(claim);
    stage.time.advance(OVERDUE.plusMillis(1));

    assertThat(((ClaimResult.OnRecord) stage.claim(claim)).attempt().outcome())
        .contains(new Outcome.Unknown(claim.deadline()));
    assertThat(stage.overdue).hasValue(1);
  }

  @Test
  void sweep_closesWhatIsOverdue_andForgetsWhatIsGone() {
    Attempt overdue = stage.pending("g");
    stage.fixture.command("ZADD", Keys.pending(Keys.shard(ELM)), "1", "u000gone");
    stage.time.advance(OVERDUE.plusMillis(1));
    stage.create(grant("h", 1, GRACE));
    Attempt young = stage.pending("h");
    int shard = Integer.parseInt(Keys.shard(ELM), 16);

    assertThat(stage.fixture.loop.call(() -> stage.claims.closeOverdue(shard))).isEqualTo(2);

    assertThat(stage.pendingCount()).isEqualTo(1);
    assertThat(stage.find(overdue.unlock()).orElseThrow().outcome()).isPresent();
    assertThat(stage.find(young.unlock()).orElseThrow().outcome()).isEmpty();
    assertThat(stage.overdue).hasValue(1);
  }
}
