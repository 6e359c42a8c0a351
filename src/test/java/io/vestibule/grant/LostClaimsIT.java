package io.vestibule.grant;

import static io.vestibule.grant.ClaimStage.DEADLINE;
import static io.vestibule.grant.ClaimStage.DOOR;
import static io.vestibule.grant.ClaimStage.ELM;
import static io.vestibule.grant.ClaimStage.START;
import static io.vestibule.grant.ClaimStage.grant;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.access.GrantId;
import io.vestibule.access.Reason;
import io.vestibule.store.Keys;
import io.vestibule.testing.OnLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Claims of which Redis lost a part, as a failover may. */
class LostClaimsIT {
  private static final Duration OVERDUE = DEADLINE.plusSeconds(2).plusMillis(1);
  private static final int SHARD = Integer.parseInt(Keys.shard(ELM), 16);

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
    stage.overdue.set(0);
    stage.create(grant("g", 1, Duration.ZERO));
  }

  @Test
  void openingOfALostClaim_isRecordedOnce_howeverOftenItIsClosed() {
    Attempt attempt = stage.pending("g");
    loseClaim(attempt);
    Outcome opened = new Outcome.Opened(START);

    assertThat(stage.close(attempt, opened)).isEqualTo(opened);
    assertThat(stage.close(attempt, new Outcome.Unknown(START))).isEqualTo(opened);

    assertThat(closing()).hasSize(1);
    assertThat(stage.find(attempt.unlock()).orElseThrow().outcome()).contains(opened);
  }

  @Test
  void openingOfALostClaim_staysUsed_andItsBytesOpenNothingAgain() {
    Claim claim = stage.fresh("g");
    stage.claimed(claim);
    loseClaim(claim.attempt());

    stage.close(claim.attempt(), new Outcome.Opened(START));

    assertThat(stage.used("g")).isEqualTo(1);
    assertThat(stage.claimed(claim)).isEqualTo("on_record");
    assertThat(stage.claimed(stage.fresh("g"))).isEqualTo("grant_used_up");
  }

  @Test
  void lostVisit_isNeverCountedPastTheMost() {
    Attempt attempt = stage.pending("g");
    stage.fixture.command("DEL", key(attempt));

    stage.close(attempt, new Outcome.Unknown(START));

    assertThat(stage.used("g")).isEqualTo(1);
  }

  @Test
  void refusalOfAClaimThatWasNeverMade_isNoRecord_andOneOfALostAttemptIs() {
    Claim never = stage.fresh("g");
    stage.close(never.attempt(), new Outcome.Refused(Reason.STORE_UNAVAILABLE, START));
    assertThat(closing()).isEmpty();

    Attempt lost = stage.pending("g");
    stage.fixture.command("DEL", key(lost));
    stage.refuse(lost);

    assertThat(closing()).hasSize(1);
    assertThat(stage.pendingCount()).isZero();
  }

  @Test
  void refusalOfOtherBytesOfTheSameMoment_leavesTheClaimThatWasMade() {
    Claim made = stage.fresh("jti-of-both", "g");
    Claim other =
        new Claim(
            made.unlock(),
            "other-bytes",
            made.who(),
            made.where(),
            made.grant(),
            made.parcel(),
            made.requireParcel(),
            made.at(),
            made.deadline());
    assertThat(stage.claimed(made)).isEqualTo("claimed");

    stage.close(other.attempt(), new Outcome.Refused(Reason.STORE_UNAVAILABLE, made.at()));

    assertThat(stage.find(made.unlock()).orElseThrow().outcome()).isEmpty();
  }

  @Test
  void sweep_recordsAsUnknownAnAttemptOfWhichNothingElseIsLeft_once() {
    Attempt attempt = stage.pending("g");
    stage.fixture.command("DEL", key(attempt));
    stage.time.advance(OVERDUE);
    OnLoop other = new OnLoop(stage.fixture.vertx);

    List<CompletableFuture<Integer>> sweeps = new ArrayList<>();
    for (int count = 0; count < 10; count++) {
      OnLoop loop = count % 2 == 0 ? stage.fixture.loop : other;
      sweeps.add(loop.start(() -> stage.claims.closeOverdue(SHARD)));
    }
    sweeps.forEach(OnLoop::await);

    assertThat(closing()).hasSize(1);
    assertThat(closing().get(0))
        .contains(
            "\"type\":\"vestibule.unlock.unknown\"",
            "\"subject\":\"" + DOOR + "\"",
            "\"unlock\":\"" + attempt.unlock() + "\"");
    assertThat(stage.pendingCount()).isZero();
    assertThat(stage.overdue).hasValue(1);
  }

  @Test
  void severalSweepsAtOnce_closeAnOverdueAttemptOnce() {
    stage.pending("g");
    stage.time.advance(OVERDUE);
    OnLoop other = new OnLoop(stage.fixture.vertx);

    List<CompletableFuture<Integer>> sweeps = new ArrayList<>();
    for (int count = 0; count < 10; count++) {
      OnLoop loop = count % 2 == 0 ? stage.fixture.loop : other;
      sweeps.add(loop.start(() -> stage.claims.closeOverdue(SHARD)));
    }
    sweeps.forEach(OnLoop::await);

    assertThat(closing()).hasSize(1);
    assertThat(stage.overdue).hasValue(1);
  }

  @Test
  void sweep_forgetsAnEntryWhoseAttemptIsClosed() {
    Attempt attempt = stage.opened("g");
    String pending = Keys.pending(Keys.shard(ELM));
    stage.fixture.command("ZADD", pending, "1", attempt.unlock() + " " + DOOR + " " + ELM + " 90");

    stage.fixture.loop.call(() -> stage.claims.closeOverdue(SHARD));

    assertThat(stage.pendingCount()).isZero();
    assertThat(closing()).hasSize(1);
  }

  /** Redis forgets all that the claim wrote. */
  private static void loseClaim(Attempt attempt) {
    stage.fixture.command("DEL", key(attempt));
    stage.fixture.command("DEL", Keys.pending(Keys.shard(ELM)));
    stage.fixture.command("DEL", Keys.audit(ELM));
    stage.fixture.command(
        "HSET",
        Keys.grant(ELM, new GrantId("g")),
        "used",
        "0",
        "visit_seq",
        "0",
        "visit_pending",
        "0");
  }

  private static String key(Attempt attempt) {
    return Keys.attempt(Keys.shard(ELM), attempt.unlock());
  }

  private static List<String> closing() {
    return stage.records().stream()
        .filter(text -> text.matches(".*vestibule\\.unlock\\.(opened|refused|unknown)\".*"))
        .toList();
  }
}
