package io.vestibule.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PolicyMemoryTest {
  private static final int DECISION_COUNT = 200_000;
  private static final int DECISION_BYTES_MAX = 64;
  private static final int POLICY_COUNT = 20_000;
  private static final int POLICY_BYTES_MAX = 4 * 1024;
  private static final Instant SPRING = Instant.parse("2026-03-08T07:00:00Z");
  private static final Location HERE = new Location(40.7, -74);

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void decision_allocatesAtMost64Bytes_ofManyRulesAndReasons() {
    List<Premises> premises = List.of(premises(1), premises(10), premises(100));
    List<AccessRequest> requests = requests();
    decide(requests, premises);

    long before = THREADS.getCurrentThreadAllocatedBytes();
    Set<Decision> decisions = decide(requests, premises);
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;

    assertThat(bytes / (double) DECISION_COUNT).isLessThanOrEqualTo(DECISION_BYTES_MAX);
    assertThat(decisions)
        .containsExactlyInAnyOrder(
            new Decision.Granted(true),
            new Decision.Denied(Reason.SCREENING_LAPSED),
            new Decision.Denied(Reason.CARRIER_NOT_ADMITTED),
            new Decision.Denied(Reason.OUTSIDE_HOURS),
            new Decision.Denied(Reason.TOO_FAR));
  }

  @Test
  void policyOfTenRules_retainsLessThan4KiB_andSaysHowMuch() {
    long before = heapBytes();
    List<BuildingPolicy> policies =
        IntStream.range(100_000, 100_000 + POLICY_COUNT)
            .mapToObj(index -> BuildingPolicy.of(building("building-" + index, 10)))
            .toList();
    long bytes = (heapBytes() - before) / policies.size();

    assertThat(bytes).isLessThan(POLICY_BYTES_MAX);
    assertThat((long) policies.get(0).sizeBytes()).isCloseTo(bytes, withinPercentage(20));
  }

  private static Set<Decision> decide(List<AccessRequest> requests, List<Premises> premises) {
    Set<Decision> decisions = new HashSet<>();
    for (int index = 0; index < DECISION_COUNT; index++) {
      Decision decision =
          Policy.decide(
              requests.get(index % requests.size()), premises.get(index % premises.size()));
      if (index < requests.size() * premises.size()) {
        decisions.add(decision);
      }
    }
    return decisions;
  }

  /** Around a change of the clocks, by carriers with and without a rule. */
  private static List<AccessRequest> requests() {
    List<AccessRequest> requests = new ArrayList<>();
    for (int index = 0; index < 1_000; index++) {
      Instant at = SPRING.plus(Duration.ofMinutes(30L * (index - 500)));
      Courier courier =
          new Courier(
              new CourierId("c" + index),
              new CarrierId("carrier-" + index % 12),
              new Screening(Screening.Result.PASSED, Optional.of(SPRING.plus(Duration.ofDays(9)))),
              Status.ACTIVE);
      Location where = new Location(40.7 + index * 2e-6, -74);
      requests.add(new AccessRequest(courier, Optional.of(where), at));
    }
    return requests;
  }

  private static Premises premises(int ruleCount) {
    Building building = building("elm", ruleCount);
    return new Premises(
        new Door(new DoorId("front"), building.id(), Status.ACTIVE, Duration.ofSeconds(5)),
        new Site(BuildingPolicy.of(building), Instant.MIN));
  }

  private static Building building(String id, int ruleCount) {
    List<Admission> admits = new ArrayList<>();
    for (int index = 0; index < ruleCount; index++) {
      admits.add(
          new Admission(
              new CarrierId("carrier-" + index),
              DoorScope.everyDoor(),
              hours(index % 60),
              new Admission.Conditions(true, true, OptionalDouble.of(75))));
    }
    return new Building(
        new BuildingId(id),
        new ManagerId("m"),
        ZoneId.of("America/New_York"),
        Optional.of(new Consent("owners", Instant.EPOCH)),
        Optional.of(HERE),
        admits,
        Status.ACTIVE,
        90);
  }

  private static WeeklyHours hours(int minute) {
    return new WeeklyHours(
        List.of(
            new HourRange(
                EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), 420 + minute, 1_215 + minute),
            new HourRange(Set.of(DayOfWeek.SATURDAY), 480 + minute, 1_095 + minute)));
  }

  private static long heapBytes() {
    for (int round = 0; round < 3; round++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
