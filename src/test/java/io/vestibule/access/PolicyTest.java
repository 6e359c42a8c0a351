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
  private static final OptionalDouble NEARBY = OptionalDouble.of(75);
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
            Reason.CARRIER_NOT_ADMITTED, c -> c.carrier = new CarrierId("other"),
            Reason.OUTSIDE_HOURS, c -> c.hours = NIGHT,
            Reason.TOO_FAR, c -> c.geo = Optional.of(AWAY));
    flaws.forEach(
        (one, flaw) ->
            flaws.forEach(
                (other, otherFlaw) -> {
                  Case flawed = new Case();
                  flawed.apply(flaw);
                  flawed.apply(otherFlaw);

                  assertThat(flawed.decide())
                      .as("%s and %s", one, other)
                      .isEqualTo(denied(first(EnumSet.of(one, other))));
                }));
  }

  /** Only an admission asks for a screening: without one, none is asked for. */
  private static Reason first(EnumSet<Reason> reasons) {
    return reasons.equals(EnumSet.of(Reason.SCREENING_LAPSED, Reason.CARRIER_NOT_ADMITTED))
        ? Reason.CARRIER_NOT_ADMITTED
        : reasons.iterator().next();
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
  void severalAdmissionsHold_theParcelIsAskedFor_onlyIfAllAskForIt() {
    Admission asking = admission(DoorScope.everyDoor(), ALWAYS, true);
    Admission notAsking = withConditions(asking, new Admission.Conditions(false, true, NEARBY));
    Case several = new Case();
    several.admits = List.of(notAsking, asking);
    assertThat(several.decide()).isEqualTo(new Decision.Granted(false));

    several.admits = List.of(asking, notAsking);
    assertThat(several.decide()).isEqualTo(new Decision.Granted(false));

    several.admits = List.of(asking, withHours(notAsking, NIGHT));
    assertThat(several.decide()).isEqualTo(new Decision.Granted(true));
  }

  @Test
  void admissionsForAllDoorsAndForThisOne_bothCount() {
    DoorScope thisDoor = DoorScope.only(Set.of(DOOR, new DoorId("back")));
    Case both = new Case();
    both.admits =
        List.of(admission(DoorScope.everyDoor(), ALWAYS, true), admission(thisDoor, NIGHT, true));
    assertThat(both.decide()).isEqualTo(new Decision.Granted(true));

    both.admits =
        List.of(admission(DoorScope.everyDoor(), NIGHT, true), admission(thisDoor, ALWAYS, true));
    assertThat(both.decide()).isEqualTo(new Decision.Granted(true));
  }

  @Test
  void admissionForAnotherDoorBesides_changesNothing() {
    Case other = new Case();
    other.admits =
        List.of(
            admission(DoorScope.everyDoor(), NIGHT, true),
            admission(DoorScope.only(Set.of(new DoorId("back"))), ALWAYS, true));
    assertThat(other.decide()).isEqualTo(denied(Reason.OUTSIDE_HOURS));
  }

  @Test
  void admissionsThatDifferInHoursAlone_holdInTheHoursOfAll() {
    Case either = new Case();
    either.admits =
        List.of(
            admission(DoorScope.everyDoor(), hours(8 * 60, 9 * 60), true),
            admission(DoorScope.everyDoor(), hours(12 * 60, 12 * 60 + 1), true),
            admission(DoorScope.everyDoor(), hours(18 * 60, 19 * 60), true));
    assertThat(either.decide()).isEqualTo(new Decision.Granted(true));
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
  void distance_isKeptUpToTheMetreThatIsSet_inclusive() {
    double meters = new Origin(HERE).metersTo(AWAY);
    Case there = new Case();
    there.geo = Optional.of(AWAY);
    there.admits = List.of(within(meters));
    assertThat(there.decide()).isEqualTo(new Decision.Granted(true));

    there.admits = List.of(within(Math.nextDown(meters)));
    assertThat(there.decide()).isEqualTo(denied(Reason.TOO_FAR));
  }

  @Test
  void noDistanceSet_whereTheCourierIsDoesNotMatter() {
    Case anywhere = new Case();
    anywhere.admits =
        List.of(
            withConditions(
                admission(DoorScope.everyDoor(), ALWAYS, true),
                new Admission.Conditions(true, true, OptionalDouble.empty())));
    anywhere.geo = Optional.of(AWAY);
    assertThat(anywhere.decide()).isEqualTo(new Decision.Granted(true));

    anywhere.geo = Optional.empty();
    anywhere.location = Optional.empty();
    assertThat(anywhere.decide()).isEqualTo(new Decision.Granted(true));
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

  private static Decision denied(Reason reason) {
    return new Decision.Denied(reason);
  }

  private static WeeklyHours hours(int from, int to) {
    return new WeeklyHours(List.of(new HourRange(EnumSet.allOf(DayOfWeek.class), from, to)));
  }

  private static Admission admission(DoorScope doors, WeeklyHours hours, boolean screened) {
    return new Admission(CARRIER, doors, hours, new Admission.Conditions(true, screened, NEARBY));
  }

  private static Admission within(double meters) {
    return withConditions(
        admission(DoorScope.everyDoor(), ALWAYS, true),
        new Admission.Conditions(true, true, OptionalDouble.of(meters)));
  }

  private static Admission withConditions(Admission of, Admission.Conditions conditions) {
    return new Admission(of.carrier(), of.doors(), of.hours(), conditions);
  }

  private static Admission withHours(Admission of, WeeklyHours hours) {
    return new Admission(of.carrier(), of.doors(), hours, of.conditions());
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
