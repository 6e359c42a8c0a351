package io.vestibule.unlock;

import static io.vestibule.unlock.FlowStage.outage;
import static io.vestibule.unlock.FlowStage.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vestibule.access.DoorId;
import io.vestibule.access.Reason;
import io.vestibule.audit.AuditRecord;
import io.vestibule.audit.RecordType;
import io.vestibule.grant.Attempt;
import io.vestibule.grant.Claim;
import io.vestibule.grant.ClaimResult;
import io.vestibule.grant.Outcome;
import io.vestibule.testing.WireCourier;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DenialsTest {
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
  void refusalBeforeTheClaim_isOnRecord_withWhoAndWhyAndNoParcel() throws Exception {
    stage.doors.online = false;

    assertThat(reason(soon(stage.submit(stage.request())))).isEqualTo(Reason.DOOR_OFFLINE);

    AuditRecord record = stage.audited.get(0);
    assertThat(record.type()).isEqualTo(RecordType.UNLOCK_DENIED);
    assertThat(record.building()).isEqualTo(FlowStage.BUILDING);
    assertThat(record.door()).contains(FlowStage.DOOR);
    assertThat(record.at()).isEqualTo(record.receivedAt());
    assertThat(record.data())
        .isEqualTo(
            Map.of(
                "courier", "ana",
                "carrier", "swift",
                "grant", FlowStage.GRANT,
                "reason", "door_offline",
                "edge", "http"));
  }

  @Test
  void refusalByTheClaim_isOnRecord() throws Exception {
    denyClaims(Reason.GRANT_USED_UP);

    soon(stage.submit(stage.request()));

    assertThat(stage.audited).hasSize(1);
    assertThat(stage.audited.get(0).data()).containsEntry("reason", "grant_used_up");
  }

  @Test
  void answer_waitsUntilTheDenialIsOnRecord() throws Exception {
    Promise<Boolean> written = Promise.promise();
    stage.audit.onDenial = denial -> written.future();
    denyClaims(Reason.REPLAYED);

    CompletableFuture<Answer> answer = stage.submit(stage.request());
    await().until(() -> stage.begunCount.get() == 1);
    assertThat(answer).isNotDone();
    written.complete(true);

    assertThat(reason(soon(answer))).isEqualTo(Reason.REPLAYED);
  }

  @Test
  void denialThatCannotBeRecorded_isAnsweredStoreUnavailable_andCounted() throws Exception {
    stage.audit.onDenial = denial -> Future.failedFuture(outage());
    denyClaims(Reason.GRANT_CLOSED);

    assertThat(reason(soon(stage.submit(stage.request())))).isEqualTo(Reason.STORE_UNAVAILABLE);

    assertThat(stage.audited).isEmpty();
    assertThat(count("vestibule.denials.lost")).isEqualTo(1);
  }

  @Test
  void claimThatGotNoReply_isAnsweredWithoutAnotherWait_andCounted() throws Exception {
    stage.claims.onClaim = claim -> Future.failedFuture(outage());
    stage.audit.onDenial = denial -> Promise.<Boolean>promise().future();

    assertThat(reason(soon(stage.submit(stage.request())))).isEqualTo(Reason.STORE_UNAVAILABLE);

    assertThat(count("vestibule.denials.lost")).isEqualTo(1);
  }

  @Test
  void denialPastTheBound_isCounted() throws Exception {
    stage.audit.onDenial = denial -> Future.succeededFuture(false);
    denyClaims(Reason.RATE_LIMITED);

    soon(stage.submit(stage.request()));

    assertThat(count("vestibule.denials.suppressed")).isEqualTo(1);
  }

  @Test
  void grantedUnlock_leavesNoDenial() throws Exception {
    soon(FlowStage.outcome(soon(stage.submit(stage.request()))));

    assertThat(stage.audited).isEmpty();
  }

  @Test
  void retryThatGetsItsRecordedOutcome_isNoDenial() throws Exception {
    String request = stage.request();
    soon(FlowStage.outcome(soon(stage.submit(request))));
    Claim claim = stage.claims.claimed.get(0);
    Attempt closed =
        new Attempt(
            claim.unlock(),
            claim.requestHash(),
            claim.who(),
            claim.where(),
            claim.grant(),
            claim.at(),
            claim.deadline(),
            Optional.of(new Outcome.Opened(Instant.now())));
    stage.claims.onRead = unlock -> Future.succeededFuture(Optional.of(closed));
    stage.doors.online = false;

    assertThat(soon(stage.submit(request))).isInstanceOf(Answer.Underway.class);

    assertThat(stage.audited).isEmpty();
  }

  @Test
  void wrongDoor_isOnTheRecordOfTheDoorThatWasAsked() throws Exception {
    Answer answer = soon(submitAt(Optional.of(new DoorId("back")), stage.request()));

    assertThat(reason(answer)).isEqualTo(Reason.WRONG_DOOR);
    assertThat(stage.audited).hasSize(1);
    assertThat(stage.audited.get(0).door()).contains(new DoorId("back"));
  }

  @Test
  void whatCannotBeADoor_leavesNoRecord() throws Exception {
    assertThat(reason(soon(submitAt(Optional.empty(), stage.request()))))
        .isEqualTo(Reason.WRONG_DOOR);

    assertThat(stage.audited).isEmpty();
  }

  @Test
  void signatureThatIsNotProven_leavesNoRecord() throws Exception {
    String foreign = new WireCourier("ana").request("front", FlowStage.GRANT, FlowStage.LABEL);

    assertThat(reason(soon(stage.submit(foreign)))).isEqualTo(Reason.UNKNOWN_KEY);

    assertThat(stage.audited).isEmpty();
  }

  private void denyClaims(Reason reason) {
    stage.claims.onClaim =
        claim -> Future.succeededFuture(new ClaimResult.Denied(reason, Duration.ZERO));
  }

  private CompletableFuture<Answer> submitAt(Optional<DoorId> door, String request) {
    return stage.onLoop(
        () -> stage.flow.unlock(new Submission(Edge.HTTP, door, Buffer.buffer(request))));
  }

  private double count(String name) {
    return stage.registry.get(name).counter().count();
  }

  private static Reason reason(Answer answer) {
    return answer.match(
        underway -> {
          throw new AssertionError("under way");
        },
        Answer.Denied::reason);
  }
}
