package io.vestibule.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OverTimeTest {
  /** As {@code nanoTime} may be: below zero, and running over. */
  private static final long START = Long.MAX_VALUE - ms(500);

  private static final double PRECISION = 0.1;

  private final OverTime overTime = OverTime.from(START, Duration.ofMinutes(1));

  @Test
  void eachSecond_isSummedUp_byWhatEndedInIt() {
    for (int number = 1; number <= 100; number++) {
      overTime.succeeded(START + ms(number), ms(number));
    }
    overTime.failed(START + ms(999), 1);
    overTime.succeeded(START + ms(1_000), ms(7));

    List<OverTime.Spell> spells = overTime.spells();
    assertThat(spells).hasSize(2);
    assertThat(spells.get(0).perSecond()).isEqualTo(100);
    assertThat(spells.get(0).failuresPerSecond()).isEqualTo(1);
    assertThat(spells.get(0).p50Ms()).isCloseTo(50, within(PRECISION));
    assertThat(spells.get(0).p99Ms()).isCloseTo(99, within(PRECISION));
    assertThat(spells.get(0).maxMs()).isCloseTo(100, within(PRECISION));
    assertThat(spells.get(1).startSecond()).isEqualTo(1);
    assertThat(spells.get(1).perSecond()).isEqualTo(1);
    assertThat(spells.get(1).maxMs()).isCloseTo(7, within(PRECISION));
  }

  @Test
  void aSecondInWhichNothingEnded_isAGap_andNotLeftOut() {
    overTime.succeeded(START, ms(1));
    overTime.succeeded(START + ms(2_000), ms(1));

    assertThat(overTime.spells()).hasSize(3);
    assertThat(overTime.spells().get(1).perSecond()).isZero();
    assertThat(overTime.spells().get(1).p99Ms()).isNaN();
  }

  @Test
  void beforeTheStart_nothingCounts() {
    overTime.succeeded(START - 1, ms(1));
    overTime.failed(START - 1, 1);

    assertThat(overTime.spells()).isEmpty();
  }

  @Test
  void whatIsSaidLate_countsAsNow() {
    overTime.succeeded(START + ms(1_500), ms(1));
    overTime.succeeded(START + ms(900), ms(1));

    assertThat(overTime.spells().get(0).perSecond()).isZero();
    assertThat(overTime.spells().get(1).perSecond()).isEqualTo(2);
  }

  @Test
  void aLongRun_isSummedUpBySeveralSeconds() {
    OverTime hour = OverTime.from(START, Duration.ofHours(1));
    hour.succeeded(START + ms(3_999), ms(1));
    hour.succeeded(START + ms(4_000), ms(1));

    assertThat(hour.spells())
        .extracting(OverTime.Spell::startSecond, OverTime.Spell::perSecond)
        .containsExactly(tuple(0.0, 0.25), tuple(4.0, 0.25));
  }

  @Test
  void theLastOfALongRun_isAsLongAsThePlanHasItLast() {
    OverTime plan = OverTime.from(START, Duration.ofSeconds(1_001));
    plan.succeeded(START + ms(999_000), ms(1));
    plan.succeeded(START + ms(1_000_500), ms(1));
    plan.succeeded(START + ms(1_002_000), ms(1));

    assertThat(plan.spells().subList(499, 502))
        .extracting(OverTime.Spell::startSecond, OverTime.Spell::perSecond)
        .containsExactly(tuple(998.0, 0.5), tuple(1_000.0, 1.0), tuple(1_002.0, 0.5));
  }

  @Test
  void whatEndsLongAfterThePlan_isKeptInABoundedLength() {
    overTime.failed(START + Duration.ofDays(300).toNanos(), 1);
    overTime.failed(START + Duration.ofDays(301).toNanos(), 1);

    assertThat(overTime.spells()).hasSize(1_000);
    assertThat(overTime.spells().get(999).failuresPerSecond()).isEqualTo(2);
  }

  @Test
  void charts_areOfLatencyAndOfRate() {
    overTime.succeeded(START, ms(3));

    List<Chart> charts = overTime.charts("1,000/s");

    assertThat(charts)
        .extracting(Chart::title)
        .containsExactly("1,000/s: latency over time", "1,000/s: rate over time");
    assertThat(charts.get(0).y().unit()).isEqualTo("ms");
    assertThat(charts.get(1).curves()).extracting(Chart.Curve::name).contains("failed");
    assertThat(charts.get(1).curves().get(0).points()).containsExactly(new Chart.Point(0, 1));
  }

  private static long ms(long ms) {
    return Duration.ofMillis(ms).toNanos();
  }
}
