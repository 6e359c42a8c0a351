package io.vestibule.unlock;

import static io.vestibule.unlock.FlowStage.all;
import static io.vestibule.unlock.FlowStage.outage;
import static io.vestibule.unlock.FlowStage.outcome;
import static io.vestibule.unlock.FlowStage.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vestibule.access.Reason;
import io.vestibule.audit.RecordType;
import io.vestibule.command.CommandResult;
import io.vestibule.grant.Attempt;
import io.vestibule.grant.Claim;
import io.vestibule.grant.ClaimResult;
import io.vestibule.grant.Outcome;
import io.vestibule.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class UnlockFlowTest {
  private FlowStage stage;

  @BeforeEach
  void set() throws Exception {
    stage = new FlowStage(2);
  }

  @AfterEach
  void strike() {
    stage.close();
  }

  @Test
  void requestInOrder_isClaimedCommandedAndClosed_inThatOrder() throws Exception {
    stage.doors.onSend =
        command -> {
          assertThat(stage.claims.claimed).hasSize(1);
          assertThat(stage.claims.closed).isEmpty();
          return Future.succeededFuture(new CommandResult.Opened(Instant.now()));
        };

    Outcome outcome = soon(outcome(soon(stage.submit(stage.request()))));

    assertThat(outcome).isInstanceOf(Outcome.Opened.class);
    assertThat(stage.claims.closed).containsExactly(outcome);
    assertThat(stage.flow.inFlightCount()).isZero();
  }

  @Test
  void whatIsInMemory_isNotAskedFor() throws Exception {
    stage.directory.inMemory = true;

    Outcome outcome = soon(outcome(soon(stage.submit(stage.request()))));

    assertThat(outcome).isInstanceOf(Outcome.Opened.class);
    assertThat(stage.directory.findCount).hasValue(0);
  }

  @Test
  void doorClockIsWrong_openedBetweenClaimAndAck() throws Exception {
    stage.doors.onSend = command -> Future.succeededFuture(new CommandResult.Opened(Instant.EPOCH));

    Outcome outcome = soon(outcome(soon(stage.submit(stage.request()))));

    assertThat(outcome.at()).isEqualTo(stage.claims.claimed.get(0).at());
  }

  @Test
  void storeAway_beforeTheClaim_deniesAndCommandsNothing() throws Exception {
    stage.directory.outage = Optional.of(outage());

    assertDenied(soon(stage.submit(stage.request())), Reason.STORE_UNAVAILABLE);
    assertThat(stage.claims.claimed).isEmpty();
    assertThat(stage.doors.commands).isEmpty();
  }

  @Test
  void doorOfAnotherGateway_isLookedForBeforeTheClaim() throws Exception {
    Promise<Boolean> found = Promise.promise();
    stage.doors.onOnline = found::future;
    CompletableFuture<Answer> answer = stage.submit(stage.request());
    await().until(() -> stage.begunCount.get() == 1);
    assertThat(stage.claims.claimed).isEmpty();

    found.complete(true);

    assertThat(soon(outcome(soon(answer)))).isInstanceOf(Outcome.Opened.class);
    assertThat(stage.doors.commands).hasSize(1);
  }

  @Test
  void doorThatCannotBeLookedFor_deniesAndClaimsNothing() throws Exception {
    stage.doors.onOnline = () -> Future.failedFuture(outage());

    assertDenied(soon(stage.submit(stage.request())), Reason.STORE_UNAVAILABLE);
    assertThat(stage.claims.claimed).isEmpty();
    assertThat(stage.doors.commands).isEmpty();
  }

  @Test
  void lockdownWhileTheDoorIsLookedFor_refusesGivesBackAndCommandsNothing() throws Exception {
    Promise<Boolean> found = Promise.promise();
    stage.doors.onOnline = found::future;
    CompletableFuture<Answer> answer = stage.submit(stage.request());
    await().until(() -> stage.begunCount.get() == 1);
    stage.directory.lockedDown = true;
    stage.flow.lockdownChanged();

    found.complete(true);

    assertThat(reason(soon(outcome(soon(answer))))).contains(Reason.LOCKDOWN);
    assertThat(stage.doors.commands).isEmpty();
  }

  @Test
  void claimsReplyLost_deniesCommandsNothing_andGivesBackWhatMayBeClaimed() throws Exception {
    stage.claims.onClaim = claim -> Future.failedFuture(outage());

    assertDenied(soon(stage.submit(stage.request())), Reason.STORE_UNAVAILABLE);

    assertThat(stage.doors.commands).isEmpty();
    assertThat(stage.claims.closed).hasSize(1);
    assertThat(reason(stage.claims.closed.get(0))).contains(Reason.STORE_UNAVAILABLE);
    assertThat(stage.flow.inFlightCount()).isZero();
  }

  @Test
  void closingFailsAtFirst_triesAgain_andAnswersOnceItIsOnRecord() throws Exception {
    AtomicInteger failures = new AtomicInteger(2);
    stage.claims.onClose =
        outcome ->
            failures.getAndDecrement() > 0
                ? Future.failedFuture(outage())
                : Future.succeededFuture(outcome);

    Outcome outcome = soon(outcome(soon(stage.submit(stage.request()))));

    assertThat(outcome).isInstanceOf(Outcome.Opened.class);
    assertThat(stage.doors.commands).hasSize(1);
  }

  @Test
  void closingFailsUntilTheDeadline_outcomeFailsTyped_andThePlaceIsGivenBack() throws Exception {
    stage.claims.onClose = outcome -> Future.failedFuture(outage());

    CompletableFuture<Outcome> outcome = outcome(soon(stage.submit(stage.request())));

    assertThatThrownBy(() -> soon(outcome))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(StoreUnavailable.class);
    assertThat(stage.flow.inFlightCount()).isZero();
  }

  @Test
  void lockdownWhileClaiming_refusesGivesBackAndCommandsNothing() throws Exception {
    Promise<ClaimResult> slow = Promise.promise();
    stage.claims.onClaim = claim -> slow.future();
    CompletableFuture<Answer> answer = stage.submit(stage.request());
    awaitClaims(1);

    stage.directory.lockedDown = true;
    stage.flow.lockdownChanged();
    slow.complete(new ClaimResult.Claimed());

    assertThat(reason(soon(outcome(soon(answer))))).contains(Reason.LOCKDOWN);
    assertThat(stage.doors.commands).isEmpty();
  }

  @Test
  void lockdownElsewhereWhileClaiming_opensAllTheSame() throws Exception {
    Promise<ClaimResult> slow = Promise.promise();
    stage.claims.onClaim = claim -> slow.future();
    CompletableFuture<Answer> answer = stage.submit(stage.request());
    awaitClaims(1);

    stage.flow.lockdownChanged();
    slow.complete(new ClaimResult.Claimed());

    assertThat(soon(outcome(soon(answer)))).isInstanceOf(Outcome.Opened.class);
  }

  @Test
  void claimTookAllTheTime_refusesGivesBackAndCommandsNothing() throws Exception {
    stage.claims.onClaim =
        claim ->
            stage.vertx.timer(700, TimeUnit.MILLISECONDS).map(late -> new ClaimResult.Claimed());

    assertThat(reason(soon(outcome(soon(stage.submit(stage.request()))))))
        .contains(Reason.STORE_UNAVAILABLE);
    assertThat(stage.doors.commands).isEmpty();
  }

  @Test
  void lookUpAfterTheClaimTookAllTheTime_refusesGivesBackAndCommandsNothing() throws Exception {
    Promise<ClaimResult> slow = Promise.promise();
    stage.claims.onClaim = claim -> slow.future();
    CompletableFuture<Answer> answer = stage.submit(stage.request());
    awaitClaims(1);

    stage.directory.premisesAfter = () -> stage.vertx.timer(700, TimeUnit.MILLISECONDS).mapEmpty();
    stage.flow.lockdownChanged();
    slow.complete(new ClaimResult.Claimed());

    assertThat(reason(soon(outcome(soon(answer))))).contains(Reason.STORE_UNAVAILABLE);
    assertThat(stage.doors.commands).isEmpty();
  }

  @Test
  void bugWhileCommanding_isClosedAsUnknown() throws Exception {
    stage.doors.onSend =
        command -> {
          throw new IllegalStateException("impossible");
        };

    assertThat(soon(outcome(soon(stage.submit(stage.request())))))
        .isInstanceOf(Outcome.Unknown.class);
    assertThat(stage.claims.closed).hasSize(1);
    assertThat(stage.flow.inFlightCount()).isZero();
  }

  @Test
  void doorGoneBeforeItsCommand_refusedDoorOffline() throws Exception {
    stage.doors.onSend =
        command ->
            Future.succeededFuture(new CommandResult.Unsent(CommandResult.Unsent.Cause.OFFLINE));

    assertThat(reason(soon(outcome(soon(stage.submit(stage.request()))))))
        .contains(Reason.DOOR_OFFLINE);
  }

  @Test
  void silentDoor_unknown_neverSentAgain() throws Exception {
    stage.doors.onSend = command -> Future.succeededFuture(new CommandResult.Unknown());

    assertThat(soon(outcome(soon(stage.submit(stage.request())))))
        .isInstanceOf(Outcome.Unknown.class);
    assertThat(stage.doors.commands).hasSize(1);
  }

  @Test
  void moreThanFitAtOnce_overloaded_andTheOthersAreUntouched() throws Exception {
    Promise<ClaimResult> slow = Promise.promise();
    stage.claims.onClaim = claim -> slow.future();
    List<CompletableFuture<Answer>> fitting =
        List.of(stage.submit(stage.request()), stage.submit(stage.request()));
    awaitClaims(2);

    assertDenied(soon(stage.submit(stage.request())), Reason.OVERLOADED);

    slow.complete(new ClaimResult.Claimed());
    for (Answer answer : all(fitting)) {
      assertThat(soon(outcome(answer))).isInstanceOf(Outcome.Opened.class);
    }
  }

  @Test
  void moreThanFitAtOnce_aRetryOfWhatIsOnRecord_getsItAllTheSame() throws Exception {
    String request = stage.request();
    Claim claim = claimOf(request);
    Outcome opened = new Outcome.Opened(Instant.now());
    stage.claims.onRead =
        unlock -> Future.succeededFuture(Optional.of(attempt(claim, Optional.of(opened))));
    stage.claims.onClaim = another -> Promise.<ClaimResult>promise().future();
    stage.submit(stage.request()).isDone();
    stage.submit(stage.request()).isDone();
    awaitClaims(3);

    assertThat(soon(outcome(soon(stage.submit(request))))).isEqualTo(opened);
  }

  @Test
  void sameBytesAtOnce_onSeveralLoops_claimOnce_andAllHearTheSame() throws Exception {
    Promise<ClaimResult> slow = Promise.promise();
    stage.claims.onClaim = claim -> slow.future();
    String request = stage.request();
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int count = 0; count < 10; count++) {
      answers.add(stage.submit(request));
    }
    await().until(() -> stage.begunCount.get() == 10);
    slow.complete(new ClaimResult.Claimed());

    List<Answer> all = all(answers);

    assertThat(stage.claims.claimed).hasSize(1);
    assertThat(stage.doors.commands).hasSize(1);
    assertThat(all).filteredOn(answer -> !((Answer.Underway) answer).replayed()).hasSize(1);
    for (Answer answer : all) {
      assertThat(soon(outcome(answer))).isInstanceOf(Outcome.Opened.class);
    }
  }

  @Test
  void refusedNow_aRetryGetsItsRecord_otherBytesGetTheReason() throws Exception {
    String request = stage.request();
    Claim claim = claimOf(request);
    Outcome opened = new Outcome.Opened(Instant.now());
    stage.claims.onRead =
        unlock -> Future.succeededFuture(Optional.of(attempt(claim, Optional.of(opened))));
    stage.doors.online = false;

    Answer retry = soon(stage.submit(request));
    Answer stranger = soon(stage.submit(stage.request()));

    assertThat(((Answer.Underway) retry).replayed()).isTrue();
    assertThat(soon(outcome(retry))).isEqualTo(opened);
    assertDenied(stranger, Reason.DOOR_OFFLINE);
  }

  @Test
  void retryOfWhatAnotherNodeHasUnderWay_waitsForItsOutcome() throws Exception {
    String request = stage.request();
    Claim claim = claimOf(request);
    Outcome opened = new Outcome.Opened(Instant.now());
    AtomicInteger reads = new AtomicInteger();
    stage.claims.onClaim =
        again -> Future.succeededFuture(new ClaimResult.OnRecord(attempt(claim, Optional.empty())));
    stage.claims.onRead =
        unlock ->
            Future.succeededFuture(
                Optional.of(
                    attempt(
                        claim,
                        reads.incrementAndGet() < 3 ? Optional.empty() : Optional.of(opened))));

    Answer answer = soon(stage.submit(request));

    assertThat(((Answer.Underway) answer).replayed()).isTrue();
    assertThat(soon(outcome(answer))).isEqualTo(opened);
    assertThat(stage.doors.commands).hasSize(1);
  }

  @Test
  void bugThatClaimingThrows_isLoud_andGivesThePlaceBack() {
    stage.claims.onClaim =
        claim -> {
          throw new IllegalStateException("impossible");
        };

    assertThatThrownBy(() -> soon(stage.submit(stage.request())))
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(stage.doors.commands).isEmpty();
    await().until(() -> stage.flow.inFlightCount() == 0);
  }

  @Test
  void bugInAStage_isLoud_andGivesThePlaceBack() throws Exception {
    stage.claims.onClaim = claim -> Future.failedFuture(new IllegalStateException("impossible"));

    assertThatThrownBy(() -> soon(stage.submit(stage.request())))
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(stage.flow.inFlightCount()).isZero();
    assertThat(stage.doors.commands).isEmpty();
  }

  @Test
  void lateAcks_areNotedOnceForEachResult_thatTheRecordDoesNotHave() throws Exception {
    Claim claim = claimOf(stage.request());
    Outcome refused = new Outcome.Refused(Reason.DOOR_REFUSED, Instant.now());
    stage.claims.onRead =
        unlock -> Future.succeededFuture(Optional.of(attempt(claim, Optional.of(refused))));

    for (String result : List.of("refused", "failed", "opened")) {
      LateAck ack = new LateAck(FlowStage.DOOR, claim.unlock(), result, Instant.now());
      soon(stage.onLoop(() -> stage.flow.lateAck(ack)));
      soon(stage.onLoop(() -> stage.flow.lateAck(ack)));
    }

    assertThat(stage.audited)
        .extracting(record -> record.data().get("result"))
        .containsExactly("opened");
  }

  @Test
  void retriesOfWhatAnotherNodeHasUnderWay_shareOneLook() throws Exception {
    String request = stage.request();
    Claim claim = claimOf(request);
    AtomicInteger readCount = new AtomicInteger();
    stage.claims.onClaim =
        asked -> Future.succeededFuture(new ClaimResult.OnRecord(attempt(claim, Optional.empty())));
    stage.claims.onRead =
        unlock -> {
          readCount.incrementAndGet();
          return Future.succeededFuture(
              Optional.of(attempt(claim, Optional.of(new Outcome.Opened(Instant.now())))));
        };

    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    for (int count = 0; count < 20; count++) {
      outcomes.add(outcome(soon(stage.submit(request))));
    }

    assertThat(FlowStage.all(outcomes)).allMatch(Outcome.Opened.class::isInstance);
    assertThat(readCount).hasValueLessThan(20);
  }

  @Test
  void lateAck_isNotedOnlyForItsOwnDoor() throws Exception {
    Claim claim = claimOf(stage.request());
    stage.claims.onRead =
        unlock ->
            Future.succeededFuture(
                Optional.of(attempt(claim, Optional.of(new Outcome.Unknown(Instant.now())))));
    LateAck own = new LateAck(FlowStage.DOOR, claim.unlock(), "opened", Instant.now());
    LateAck foreign =
        new LateAck(
            new io.vestibule.access.DoorId("back"), claim.unlock(), "opened", Instant.now());

    soon(stage.onLoop(() -> stage.flow.lateAck(own)));
    soon(stage.onLoop(() -> stage.flow.lateAck(own)));
    soon(stage.onLoop(() -> stage.flow.lateAck(foreign)));

    assertThat(stage.audited)
        .extracting(record -> record.type())
        .containsExactly(RecordType.UNLOCK_LATE_ACK);
  }

  /** What the flow claims for these bytes; the attempt itself is used up by asking. */
  private Claim claimOf(String request) throws Exception {
    soon(outcome(soon(stage.submit(request))));
    return stage.claims.claimed.get(0);
  }

  private static Attempt attempt(Claim claim, Optional<Outcome> outcome) {
    return new Attempt(
        claim.unlock(),
        claim.requestHash(),
        claim.who(),
        claim.where(),
        claim.grant(),
        claim.at(),
        claim.deadline(),
        outcome);
  }

  private void awaitClaims(int count) {
    await()
        .atMost(Duration.ofSeconds(5))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> stage.claims.claimed.size() == count);
  }

  private static Optional<Reason> reason(Outcome outcome) {
    return outcome.why();
  }

  private static void assertDenied(Answer answer, Reason reason) {
    assertThat(answer).isInstanceOf(Answer.Denied.class);
    assertThat(((Answer.Denied) answer).reason()).isEqualTo(reason);
  }
}
