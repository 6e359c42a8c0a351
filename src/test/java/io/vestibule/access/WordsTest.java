package io.vestibule.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WordsTest {
  @Test
  void codes_areTheWordsOfTheWire() {
    assertThat(Status.values()).extracting(Status::code).containsExactly("active", "suspended");
    assertThat(Screening.Result.values())
        .extracting(Screening.Result::code)
        .containsExactly("passed", "failed", "pending");
    assertThat(Reason.COURIER_SUSPENDED.code()).isEqualTo("courier_suspended");
  }

  @ParameterizedTest
  @EnumSource
  void reason_isFoundByItsCode(Reason reason) {
    assertThat(Reason.parse(reason.code())).hasValue(reason);
  }

  @Test
  void unknownCode_isNoReason() {
    assertThat(Reason.parse("bad_weather")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void denial_isOneValueAReason_andSaysIt(Reason reason) {
    Decision denied = Decision.denied(reason);

    assertThat(denied).isEqualTo(new Decision.Denied(reason)).isSameAs(Decision.denied(reason));
    assertThat(denied.<Object>match(granted -> "granted", Decision.Denied::reason))
        .isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void grant_isOneOfTwoValues_andSaysWhetherAParcelIsAsked(boolean requireParcel) {
    Decision granted = Decision.granted(requireParcel);

    assertThat(granted)
        .isEqualTo(new Decision.Granted(requireParcel))
        .isSameAs(Decision.granted(requireParcel));
    assertThat(granted.<Object>match(Decision.Granted::requireParcel, denied -> "denied"))
        .isEqualTo(requireParcel);
  }

  @Test
  void lockdown_holdsUntilItsEnd_exclusive() {
    Instant end = Instant.parse("2026-06-03T12:00:00Z");
    Site site = new Site(BuildingPolicy.unreadable(new BuildingId("elm")), end);

    assertThat(site.lockedDownAt(end.minusNanos(1))).isTrue();
    assertThat(site.lockedDownAt(end)).isFalse();
  }

  @Test
  void doorScope_keepsWhatItWasGiven_whateverBecomesOfIt() {
    Set<DoorId> doors = new HashSet<>(List.of(new DoorId("front")));
    DoorScope scope = DoorScope.only(doors);
    doors.clear();

    assertThat(scope.all()).isFalse();
    assertThat(scope.named()).containsExactly(new DoorId("front"));
    assertThat(DoorScope.everyDoor().all()).isTrue();
    assertThat(DoorScope.everyDoor().named()).isEmpty();
  }
}
