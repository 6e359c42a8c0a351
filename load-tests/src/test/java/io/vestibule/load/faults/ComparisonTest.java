package io.vestibule.load.faults;

import static io.vestibule.load.faults.Difference.Kind.ANSWERED_NOT_OPENED;
import static io.vestibule.load.faults.Difference.Kind.ANSWER_NOT_AS_LOGGED;
import static io.vestibule.load.faults.Difference.Kind.CLOSED_TWICE;
import static io.vestibule.load.faults.Difference.Kind.CLOSED_UNGRANTED;
import static io.vestibule.load.faults.Difference.Kind.COMMANDED_TWICE;
import static io.vestibule.load.faults.Difference.Kind.COMMANDED_UNGRANTED;
import static io.vestibule.load.faults.Difference.Kind.EVENT_LOST;
import static io.vestibule.load.faults.Difference.Kind.EVENT_NOT_TAKEN;
import static io.vestibule.load.faults.Difference.Kind.EVENT_OUT_OF_ORDER;
import static io.vestibule.load.faults.Difference.Kind.EVENT_TWICE;
import static io.vestibule.load.faults.Difference.Kind.EVENT_UNKNOWN;
import static io.vestibule.load.faults.Difference.Kind.GRANTED_TWICE;
import static io.vestibule.load.faults.Difference.Kind.LOGGED_NOT_OPENED;
import static io.vestibule.load.faults.Difference.Kind.NOT_CLOSED;
import static io.vestibule.load.faults.Difference.Kind.OPENED_TWICE;
import static io.vestibule.load.faults.Difference.Kind.OPENING_NOT_LOGGED;
import static io.vestibule.load.faults.Difference.Kind.REFUSED_AND_OPENED;
import static io.vestibule.load.faults.Difference.Kind.USES_EXCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  private static final String UNLOCK = "u1";
  private static final String BOOT = "b1";
  private static final Grant GRANT = new Grant("g1", "ana", "door-1", 2);

  private final DoorRecord door = new DoorRecord("door-1");
  private final Attempt attempt = new Attempt(0, GRANT, new byte[0], 0);
  private final List<AuditRecord> log = new ArrayList<>();

  @Test
  void anUnlockThatAllSawAlike_hasNoDifference() {
    opens(UNLOCK);
    logs(UNLOCK, "granted", "opened");
    hears("opened", "");
    hears("opened", "");

    assertThat(kinds()).isEmpty();
  }

  @Test
  void anOpeningThatIsUnknown_andARefusalOfWhatWasNeverGranted_areNoDifference() {
    opens(UNLOCK);
    logs(UNLOCK, "granted", "unknown");
    hears("door_timed_out", "unknown");
    Attempt refused = new Attempt(0, GRANT, new byte[0], 0);
    refused.heard(answer("store_unavailable", "refused", "u2"));

    assertThat(kinds(List.of(attempt, refused))).isEmpty();
  }

  @Test
  void anOpeningWithoutARecord_isFound() {
    opens(UNLOCK);

    assertThat(kinds()).containsExactly(OPENING_NOT_LOGGED, COMMANDED_UNGRANTED);
  }

  @Test
  void anOpeningThatIsRecordedAsRefused_isFound() {
    opens(UNLOCK);
    logs(UNLOCK, "granted", "refused");

    assertThat(kinds()).containsExactly(OPENING_NOT_LOGGED);
  }

  @Test
  void aSecondCommand_andASecondOpening_areFound() {
    opens(UNLOCK);
    opens(UNLOCK);
    logs(UNLOCK, "granted", "opened");

    assertThat(kinds()).containsExactly(OPENED_TWICE, COMMANDED_TWICE);
  }

  @Test
  void aSecondCommandThatDidNotOpen_isFound() {
    opens(UNLOCK);
    door.commanded(UNLOCK);
    logs(UNLOCK, "granted", "opened");

    assertThat(kinds()).containsExactly(COMMANDED_TWICE);
  }

  @Test
  void aRecordOfAnOpeningThatWasNot_isFound() {
    door.commanded(UNLOCK);
    logs(UNLOCK, "granted", "opened");

    assertThat(kinds()).containsExactly(LOGGED_NOT_OPENED);
  }

  @Test
  void recordsThatAreMissingOrTooMany_areFound() {
    logs("u1", "granted");
    logs("u2", "granted", "refused", "unknown");
    logs("u3", "refused");
    logs("u4", "granted", "granted", "refused");

    assertThat(kinds()).containsExactly(NOT_CLOSED, CLOSED_TWICE, CLOSED_UNGRANTED, GRANTED_TWICE);
  }

  @Test
  void anAnswerThatADoorOpened_andItDidNot_isFound() {
    logs(UNLOCK, "granted", "unknown");
    hears("opened", "");

    assertThat(kinds()).containsExactly(ANSWERED_NOT_OPENED, ANSWER_NOT_AS_LOGGED);
  }

  @Test
  void anAnswerToARetry_unlikeTheRecord_isFound() {
    opens(UNLOCK);
    logs(UNLOCK, "granted", "opened");
    hears("opened", "");
    hears("door_timed_out", "unknown");

    assertThat(kinds()).containsExactly(ANSWER_NOT_AS_LOGGED);
  }

  @Test
  void aRefusalOnRecord_ofWhatIsRecordedOtherwise_isFound() {
    logs(UNLOCK, "granted", "unknown");
    hears("store_unavailable", "refused");

    assertThat(kinds()).containsExactly(ANSWER_NOT_AS_LOGGED);
  }

  @Test
  void anOpening_afterRefusalsAlone_isFound() {
    opens(UNLOCK);
    logs(UNLOCK, "granted", "unknown");
    hears("grant_used_up", "");

    assertThat(kinds()).containsExactly(REFUSED_AND_OPENED);
  }

  @Test
  void anOpening_afterAnAnswerThatLeavesItOpen_isNoDifference() {
    opens(UNLOCK);
    logs(UNLOCK, "granted", "unknown");
    hears("store_unavailable", "unknown");
    hears("door_offline", "");

    assertThat(kinds()).isEmpty();
  }

  @Test
  void moreUsesThanAGrantHas_areFound_whetherADoorSaysSoOrTheLog() {
    opens("u1");
    logs("u1", "granted", "opened");
    logs("u2", "granted", "unknown");
    assertThat(kinds()).isEmpty();

    logs("u3", "granted", "unknown");

    assertThat(kinds()).containsExactly(USES_EXCEEDED);
  }

  @Test
  void anEventThatWasAcknowledgedAndIsNotLogged_orNeverAcknowledged_isFound() {
    door.event(1).acknowledge();
    door.event(2);

    assertThat(kinds()).containsExactly(EVENT_LOST, EVENT_NOT_TAKEN);
  }

  @Test
  void eventsThatAreRepeated_orInAnotherOrder_orNeverHappened_areFound() {
    for (int seq = 1; seq <= 3; seq++) {
      door.event(seq).acknowledge();
    }
    logs(event("door-1", BOOT, 1));
    logs(event("door-1", BOOT, 3));
    logs(event("door-1", BOOT, 2));
    logs(event("door-1", BOOT, 3));
    logs(event("door-1", BOOT, 4));
    logs(event("door-1", "b2", 1));

    assertThat(kinds())
        .containsExactly(EVENT_OUT_OF_ORDER, EVENT_TWICE, EVENT_UNKNOWN, EVENT_UNKNOWN);
  }

  @Test
  void whatDiffers_isToldWithAllThatIsKnown() {
    opens(UNLOCK);
    logs(UNLOCK, "granted");
    hears("opened", "");

    assertThat(Comparison.differences(evidence(List.of(attempt))))
        .map(Difference::toString)
        .contains(
            "answer not as logged: request for door-1 by g1, unlock u1, answers opened; the unlock"
                + " at door-1 by g1: 1 commands, 1 openings, 1 granted, closed as []");
  }

  private void opens(String unlock) {
    door.commanded(unlock);
    door.opened(unlock);
  }

  private void logs(String unlock, String... types) {
    for (String type : types) {
      logs(
          new AuditRecord(
              "vestibule.unlock." + type,
              "door-1",
              Optional.of(unlock),
              Optional.of(GRANT.id()),
              Optional.empty()));
    }
  }

  private void logs(AuditRecord record) {
    log.add(record);
  }

  private static AuditRecord event(String door, String boot, long seq) {
    return new AuditRecord(
        "vestibule.door.opened",
        door,
        Optional.empty(),
        Optional.empty(),
        Optional.of(new AuditRecord.Sequence(boot, seq)));
  }

  private void hears(String outcome, String state) {
    attempt.heard(answer(outcome, state, UNLOCK));
  }

  private static Answer answer(String outcome, String state, String unlock) {
    return new Answer(outcome, state, Optional.of(unlock), false, 0);
  }

  private List<Difference.Kind> kinds() {
    return kinds(List.of(attempt));
  }

  private List<Difference.Kind> kinds(List<Attempt> attempts) {
    return Comparison.differences(evidence(attempts)).stream().map(Difference::kind).toList();
  }

  private Evidence evidence(List<Attempt> attempts) {
    return new Evidence(attempts, List.of(door), List.of(BOOT), List.of(GRANT), log);
  }
}
