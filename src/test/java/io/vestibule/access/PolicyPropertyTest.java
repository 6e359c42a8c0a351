package io.vestibule.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

class PolicyPropertyTest {
  private static final BuildingId BUILDING = new BuildingId("elm");
  // So often that a case is as likely as not in order but for one thing.
  private static final double USUAL = 0.9;
  private static final Location HERE = new Location(52.3784, 4.9009);

  /** All that policy can answer, so that a lucky generator proves nothing unnoticed. */
  private static final List<Decision> DECISIONS =
      List.of(
          new Decision.Granted(true),
          new Decision.Granted(false),
          new Decision.Denied(Reason.COURIER_SUSPENDED),
          new Decision.Denied(Reason.SCREENING_LAPSED),
          new Decision.Denied(Reason.NO_CONSENT),
          new Decision.Denied(Reason.LOCKDOWN),
          new Decision.Denied(Reason.BUILDING_SUSPENDED),
          new Decision.Denied(Reason.DOOR_SUSPENDED),
          new Decision.Denied(Reason.CARRIER_NOT_ADMITTED),
          new Decision.Denied(Reason.OUTSIDE_HOURS),
          new Decision.Denied(Reason.TOO_FAR));

  @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
  void decision_isThatOfThePlainPolicy(
      @ForAll("walls") ZonedDateTime wall,
      @ForAll("askers") Asker asker,
      @ForAll("sites") Draft site,
      @ForAll("doors") Door door) {
    AccessRequest request = asker.at(wall.toInstant());
    Building building = site.in(wall.getZone());
    Instant lockedUntil = site.lockedUntil(request.at());

    Decision decision =
        Policy.decide(
            request, new Premises(door, new Site(BuildingPolicy.of(building), lockedUntil)));

    assertThat(decision).isEqualTo(new PlainPolicy(request, building, door, lockedUntil).decide());
    Statistics.collect(decision);
    Statistics.coverage(
        seen -> DECISIONS.forEach(each -> seen.check(each).count(count -> count > 10)));
  }

  @Provide
  Arbitrary<ZonedDateTime> walls() {
    return Weeks.walls();
  }

  @Provide
  Arbitrary<Asker> askers() {
    List<Screening.Result> notPassed = List.of(Screening.Result.FAILED, Screening.Result.PENDING);
    List<Location> elsewhere = List.of(new Location(52.3790, 4.9009), new Location(52.4, 5.1));
    return Combinators.combine(
            carriers(),
            mostly(Screening.Result.PASSED, notPassed),
            mostly(1L, List.of(0L)).optional(USUAL),
            statuses(),
            mostly(HERE, elsewhere).optional(USUAL))
        .as(Asker::new);
  }

  @Provide
  Arbitrary<Draft> sites() {
    return Combinators.combine(
            Arbitraries.just(new Consent("owners", Instant.EPOCH)).optional(USUAL),
            Arbitraries.just(HERE).optional(USUAL),
            admissions().list().ofMaxSize(12),
            statuses(),
            Arbitraries.of(0L, 1L).optional(1 - USUAL))
        .as(Draft::new);
  }

  @Provide
  Arbitrary<Door> doors() {
    return Combinators.combine(doorIds(), statuses())
        .as((id, status) -> new Door(id, BUILDING, status, Duration.ofSeconds(5)));
  }

  /** A courier whose screening ends as many nanoseconds after the request as it says. */
  record Asker(
      CarrierId carrier,
      Screening.Result result,
      Optional<Long> screenedNanos,
      Status status,
      Optional<Location> geo) {

    AccessRequest at(Instant at) {
      Screening screening = new Screening(result, screenedNanos.map(at::plusNanos));
      return new AccessRequest(
          new Courier(new CourierId("ann"), carrier, screening, status), geo, at);
    }
  }

  /** A building in no zone yet, whose lockdown ends as many nanoseconds after the request. */
  record Draft(
      Optional<Consent> consent,
      Optional<Location> location,
      List<Admission> admits,
      Status status,
      Optional<Long> lockedNanos) {

    Building in(ZoneId zone) {
      return new Building(
          BUILDING, new ManagerId("m"), zone, consent, location, admits, status, 90);
    }

    Instant lockedUntil(Instant at) {
      return lockedNanos.map(at::plusNanos).orElse(Instant.MIN);
    }
  }

  private static Arbitrary<Admission> admissions() {
    Arbitrary<DoorScope> named = doorIds().set().ofMinSize(1).ofMaxSize(3).map(DoorScope::only);
    Arbitrary<Admission.Conditions> conditions =
        Combinators.combine(
                Arbitraries.of(true, false),
                Arbitraries.of(true, false),
                Arbitraries.of(
                    OptionalDouble.empty(), OptionalDouble.of(50), OptionalDouble.of(500)))
            .as(Admission.Conditions::new);
    return Combinators.combine(
            carriers(),
            Arbitraries.oneOf(Arbitraries.just(DoorScope.everyDoor()), named),
            Weeks.hours().map(WeeklyHours::new),
            conditions)
        .as(Admission::new);
  }

  private static Arbitrary<DoorId> doorIds() {
    return Arbitraries.of("front", "back", "garage").map(DoorId::new);
  }

  private static Arbitrary<CarrierId> carriers() {
    return Arbitraries.of("swift", "pedal").map(CarrierId::new);
  }

  private static Arbitrary<Status> statuses() {
    return mostly(Status.ACTIVE, List.of(Status.SUSPENDED));
  }

  private static <T> Arbitrary<T> mostly(T usual, List<T> others) {
    int usualCount = (int) Math.round(100 * USUAL);
    return Arbitraries.frequencyOf(
        Tuple.of(usualCount, Arbitraries.just(usual)),
        Tuple.of(100 - usualCount, Arbitraries.of(others)));
  }
}
