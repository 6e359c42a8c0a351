package io.vestibule.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PolicyTest {
  private static final Instant NOON = Instant.parse("2026-06-03T12:00:00Z");
  private static final CarrierId CARRIER = new CarrierId("swift");
  private static final DoorId DOOR = new DoorId("front");
  private static final Location HERE = new Location(40.0, -74.0);
  private static final Location AWAY = new Location(40.1, -74.0);
  private static final WeeklyHours ALWAYS = hours(0, 24 * 60);
  private static final WeeklyHours NIGHT = hours(22 * 60, 6 * 60);

  @Test
  void everythingInOrder_granted_andAsksForTheParcel() {
    assertThat(new Case().decide()).isEqualTo(new Decision.Granted(true));
  }

  /** Each reason against each later one: the one that comes first in the contract is the answer. */
  @Test
  void twoReasonsAtOnce_theEarlierIsTheAnswer() {
    Map<Reason, Case.Flaw> flaws =
        Map.of(
            Reason.COURIER_SUSPENDED, c -> c.courier = Status.SUSPENDED,
            Reason.SCREENING_LAPSED, c -> c.screenedUntil = NOON,
            Reason.NO_CONSENT, c -> c.consent = Optional.empty(),
            Reason.LOCKDOWN, c -> c.lockedDown = true,
            Reason.BUILDING_SUSPENDED, c -> c.building = Status.SUSPENDED,
            Reason.DOOR_SUSPENDED, c -> c.door = Status.SUSPENDED,
            Reason.OUTSIDE_HOURS, c -> c.hours = NIGHT,
            Reason.TOO_FAR, c -> c.geo = Optional.of(AWAY));
    flaws.forEach(
        (one, flaw) ->
            flaws.forEach(
                (other, otherFlaw) -> {
                  Case flawed = new Case();
                  flawed.apply(flaw);
                  flawed.apply(otherFlaw);

                  Reason first = one.compareTo(other) < 0 ? one : other;
                  assertThat(flawed.decide()).as("%s and %s", one, other).isEqualTo(denied(first));
                }));
  }

  @Test
  void carrierWithoutAdmission_notAdmitted_afterAllThatIsClosed() {
    Case stranger = new Case();
    stranger.carrier = new CarrierId("other");
    assertThat(stranger.decide()).isEqualTo(denied(Reason.CARRIER_NOT_ADMITTED));

    stranger.door = Status.SUSPENDED;
    assertThat(stranger.decide()).isEqualTo(denied(Reason.DOOR_SUSPENDED));
  }

  @Test
  void admissionForAnotherDoor_isNoAdmission_evenWithLapsedScreening() {
    Case elsewhere = new Case();
    elsewhere.screenedUntil = NOON;
    elsewhere.admits = List.of(admission(DoorScope.only(Set.of(new DoorId("back"))), ALWAYS, true));
    assertThat(elsewhere.decide()).isEqualTo(denied(Reason.CARRIER_NOT_ADMITTED));
  }

  @Test
  void severalAdmissions_oneThatHoldsSuffices() {
    Case several = new Case();
    several.admits =
        List.of(
            admission(DoorScope.everyDoor(), NIGHT, true),
            admission(DoorScope.everyDoor(), ALWAYS, true));
    assertThat(several.decide()).isEqualTo(new Decision.Granted(true));
  }

  @Test
  void severalAdmissions_noneHolds_theReasonIsOfTheOneThatGotFurthest() {
    Case several = new Case();
    several.screenedUntil = NOON;
    several.admits =
        List.of(
            admission(DoorScope.everyDoor(), ALWAYS, true),
            admission(DoorScope.everyDoor(), NIGHT, false));
    assertThat(several.decide()).isEqualTo(denied(Reason.OUTSIDE_HOURS));
  }

  @Test
  void screeningNotAskedFor_lapsedScreeningDoesNotMatter() {
    Case lax = new Case();
    lax.screenedUntil = NOON;
    lax.admits = List.of(admission(DoorScope.everyDoor(), ALWAYS, false));
    assertThat(lax.decide()).isEqualTo(new Decision.Granted(true));
  }

  @Test
  void distanceAsked_withoutGeoOrLocation_tooFar() {
    Case silent = new Case();
    silent.geo = Optional.empty();
    assertThat(silent.decide()).isEqualTo(denied(Reason.TOO_FAR));

    Case unplaced = new Case();
    unplaced.location = Optional.empty();
    assertThat(unplaced.decide()).isEqualTo(denied(Reason.TOO_FAR));
  }

  @Test
  void screening_holdsUntilItsEnd_exclusive() {
    Screening screening = new Screening(Screening.Result.PASSED, Optional.of(NOON));
    assertThat(screening.holdsAt(NOON.minusMillis(1))).isTrue();
    assertThat(screening.holdsAt(NOON)).isFalse();
    assertThat(new Screening(Screening.Result.PASSED, Optional.empty()).holdsAt(NOON)).isFalse();
    assertThat(
            new Screening(Screening.Result.PENDING, Optional.of(NOON.plusSeconds(9))).holdsAt(NOON))
        .isFalse();
  }

  @Test
  void hours_halfOpen_pastMidnight_belongToTheDayTheyStart() {
    ZoneId zone = ZoneId.of("UTC");
    WeeklyHours friday = new WeeklyHours(List.of(range(DayOfWeek.FRIDAY, 22 * 60, 6 * 60)));
    Instant fridayNight = Instant.parse("2026-06-05T22:00:00Z");
    assertThat(friday.openAt(fridayNight, zone)).isTrue();
    assertThat(friday.openAt(fridayNight.minusMillis(1), zone)).isFalse();
    assertThat(friday.openAt(fridayNight.plus(Duration.ofHours(8)).minusMillis(1), zone)).isTrue();
    assertThat(friday.openAt(fridayNight.plus(Duration.ofHours(8)), zone)).isFalse();
    assertThat(friday.openAt(fridayNight.minus(Duration.ofHours(20)), zone)).isFalse();
  }

  @Test
  void hours_areTheWallClocksOfTheBuilding_throughDaylightSaving() {
    ZoneId newYork = ZoneId.of("America/New_York");
    WeeklyHours seven = new WeeklyHours(List.of(range(DayOfWeek.SUNDAY, 7 * 60, 8 * 60)));
    // 2026-03-08: clocks go forward at 02:00, so 07:00 is 11:00Z and no longer 12:00Z.
    assertThat(seven.openAt(Instant.parse("2026-03-01T12:00:00Z"), newYork)).isTrue();
    assertThat(seven.openAt(Instant.parse("2026-03-08T11:00:00Z"), newYork)).isTrue();
    assertThat(seven.openAt(Instant.parse("2026-03-08T12:00:00Z"), newYork)).isFalse();
    assertThat(seven.openAt(Instant.parse("2026-11-01T12:00:00Z"), newYork)).isTrue();
  }

  @Test
  void distance_isThatOfTheSphere() {
    Location paris = new Location(48.8566, 2.3522);
    Location london = new Location(51.5074, -0.1278);
    assertThat(paris.metersTo(london)).isBetween(343_000.0, 344_500.0);
    assertThat(new Location(0, 179.9999).metersTo(new Location(0, -179.9999)))
        .isBetween(20.0, 25.0);
    assertThat(paris.metersTo(paris)).isZero();
  }

  private static Decision denied(Reason reason) {
    return new Decision.Denied(reason);
  }

  private static WeeklyHours hours(int from, int to) {
    return new WeeklyHours(List.of(new HourRange(EnumSet.allOf(DayOfWeek.class), from, to)));
  }

  private static HourRange range(DayOfWeek day, int from, int to) {
    return new HourRange(Set.of(day), from, to);
  }

  private static Admission admission(DoorScope doors, WeeklyHours hours, boolean screened) {
    return new Admission(
        CARRIER, doors, hours, new Admission.Conditions(true, screened, OptionalDouble.of(75)));
  }

  /** A request that is in order until something is made wrong with it. */
  private static final class Case {
    private CarrierId carrier = CARRIER;
    private Status courier = Status.ACTIVE;
    private Status building = Status.ACTIVE;
    private Status door = Status.ACTIVE;
    private Instant screenedUntil = NOON.plusSeconds(1);
    private Optional<Consent> consent = Optional.of(new Consent("board", NOON));
    private Optional<Location> location = Optional.of(HERE);
    private Optional<Location> geo = Optional.of(HERE);
    private WeeklyHours hours = ALWAYS;
    private boolean lockedDown;
    private List<Admission> admits = List.of();

    private interface Flaw {
      void make(Case flawed);
    }

    private void apply(Flaw flaw) {
      flaw.make(this);
    }

    private Decision decide() {
      BuildingId id = new BuildingId("b1");
      List<Admission> rules =
          admits.isEmpty() ? List.of(admission(DoorScope.everyDoor(), hours, true)) : admits;
      Building there =
          new Building(
              id, new ManagerId("m1"), ZoneId.of("UTC"), consent, location, rules, building, 90);
      Courier who =
          new Courier(
              new CourierId("c1"),
              carrier,
              new Screening(Screening.Result.PASSED, Optional.of(screenedUntil)),
              courier);
      return Policy.decide(
          new AccessRequest(who, geo, NOON),
          new Premises(
              new Door(DOOR, id, door, Duration.ofSeconds(5)),
              new Site(BuildingPolicy.of(there), lockedDown ? Instant.MAX : Instant.MIN)));
    }
  }
}
