package io.vestibule.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BuildingPolicyTest {
  private static final BuildingId ELM = new BuildingId("elm");
  private static final Instant NOW = Instant.parse("2026-06-03T12:00:00Z");

  @Test
  void policy_keepsWhoseItIs_andHowLongItsRecordsAreKept() {
    BuildingPolicy policy =
        BuildingPolicy.of(
            new Building(
                ELM,
                new ManagerId("m"),
                ZoneId.of("UTC"),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Status.ACTIVE,
                30));

    assertThat(policy.id()).isEqualTo(ELM);
    assertThat(policy.retentionDays()).isEqualTo(30);
  }

  @Test
  void unreadablePolicy_showsNoConsent_andKeepsRecordsAsIfNothingWereSet() {
    BuildingPolicy policy = BuildingPolicy.unreadable(ELM);

    assertThat(policy.id()).isEqualTo(ELM);
    assertThat(policy.retentionDays()).isEqualTo(90);
    assertThat(decide(policy, Status.ACTIVE, Instant.MIN))
        .isEqualTo(new Decision.Denied(Reason.NO_CONSENT));
  }

  @Test
  void unreadablePolicy_hidesNoEarlierReason_andNoLaterOneHidesIt() {
    BuildingPolicy policy = BuildingPolicy.unreadable(ELM);

    assertThat(decide(policy, Status.SUSPENDED, Instant.MIN))
        .isEqualTo(new Decision.Denied(Reason.COURIER_SUSPENDED));
    assertThat(decide(policy, Status.ACTIVE, Instant.MAX))
        .isEqualTo(new Decision.Denied(Reason.NO_CONSENT));
  }

  @Test
  void size_isThatOfAllThatIsKept_andGrowsWithIt() {
    int bare = size("elm");
    assertThat(size("elm-street")).isEqualTo(bare + 7);
    assertThat(BuildingPolicy.unreadable(ELM).sizeBytes()).isBetween(100, bare);

    int one = size("elm", admission("swift", DoorScope.everyDoor(), 60));
    assertThat(one).isGreaterThan(bare + 200);
    assertThat(size("elm", admission("swift-and-sure", DoorScope.everyDoor(), 60)))
        .isEqualTo(one + 9);
    assertThat(size("elm", admission("swift", DoorScope.everyDoor(), 90)))
        .as("an hour that is open in part")
        .isEqualTo(one + 8);

    Admission swift = admission("swift", DoorScope.everyDoor(), 60);
    Admission.Conditions lax = new Admission.Conditions(true, false, OptionalDouble.empty());
    assertThat(
            size("elm", swift, new Admission(swift.carrier(), swift.doors(), swift.hours(), lax)))
        .as("a rule more, for the same hours")
        .isEqualTo(one + 36);

    int named = size("elm", admission("swift", doors("front"), 60));
    assertThat(named).isGreaterThan(one + 100);
    assertThat(size("elm", admission("swift", doors("front-door"), 60))).isEqualTo(named + 5);
    assertThat(size("elm", admission("swift", doors("front", "back"), 60)))
        .isBetween(named + 60, named + 100);
  }

  @Test
  void size_countsWhatIsSharedOnce() {
    Admission swift = admission("swift", DoorScope.everyDoor(), 90);
    Admission pedal = admission("pedal", DoorScope.everyDoor(), 90);
    Admission other = admission("pedal", DoorScope.everyDoor(), 30);

    assertThat(size("elm", swift, pedal)).isLessThan(size("elm", swift, other) - 60);
  }

  private static int size(String id, Admission... admits) {
    return BuildingPolicy.of(
            new Building(
                new BuildingId(id),
                new ManagerId("m"),
                ZoneId.of("UTC"),
                Optional.empty(),
                Optional.empty(),
                List.of(admits),
                Status.ACTIVE,
                30))
        .sizeBytes();
  }

  private static Admission admission(String carrier, DoorScope doors, int toMinute) {
    return new Admission(
        new CarrierId(carrier),
        doors,
        new WeeklyHours(List.of(new HourRange(EnumSet.allOf(DayOfWeek.class), 0, toMinute))),
        new Admission.Conditions(true, true, OptionalDouble.empty()));
  }

  private static DoorScope doors(String... names) {
    return DoorScope.only(Stream.of(names).map(DoorId::new).collect(Collectors.toSet()));
  }

  private static Decision decide(BuildingPolicy policy, Status courier, Instant lockedUntil) {
    Screening screening = new Screening(Screening.Result.PASSED, Instant.MAX);
    Courier ann = new Courier(new CourierId("ann"), new CarrierId("swift"), screening, courier);
    Door front = new Door(new DoorId("front"), ELM, Status.ACTIVE, Duration.ofSeconds(5));
    return Policy.decide(
        new AccessRequest(ann, Optional.empty(), NOW),
        new Premises(front, new Site(policy, lockedUntil)));
  }
}
