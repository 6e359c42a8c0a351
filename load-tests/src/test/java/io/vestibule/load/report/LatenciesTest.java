package io.vestibule.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class LatenciesTest {
  private static final double PRECISION = 0.1;
  private static final double NINE_MINUTES_MS = 540_000;

  private final Latencies latencies = new Latencies();

  @Test
  void percentiles_areOfAllThatWasRecorded() {
    LongStream.rangeClosed(1, 100).forEach(ms -> latencies.record(Duration.ofMillis(ms).toNanos()));

    assertThat(latencies.count()).isEqualTo(100);
    assertThat(latencies.percentileMs(50)).isCloseTo(50, within(PRECISION));
    assertThat(latencies.percentileMs(99)).isCloseTo(99, within(PRECISION));
    assertThat(latencies.percentileMs(100)).isCloseTo(100, within(PRECISION));
  }

  @Test
  void nothingRecorded_isNoNumber_soThatItKeepsNoBound() {
    assertThat(latencies.percentileMs(99)).isNaN();
    assertThat(
            new Judge(false)
                .missed(latencies.figures(new Figure.Subject("times", "none"), Bound.timing(10))))
        .hasSize(1);
  }

  @Test
  void whatIsBeyondTheLongest_countsAsTheLongest() {
    latencies.record(Duration.ofHours(1).toNanos());

    assertThat(latencies.percentileMs(100)).isGreaterThan(NINE_MINUTES_MS);
  }

  @Test
  void theChartByPercentile_goesFromTheShortestToTheLongest_andNoFurtherThanTheCountCarries() {
    LongStream.rangeClosed(1, 1_000)
        .forEach(ms -> latencies.record(Duration.ofMillis(ms).toNanos()));

    Chart chart = Charts.percentiles("latency", Map.of("gateway", latencies));

    List<Chart.Point> points = chart.curves().get(0).points();
    assertThat(chart.x().scale()).isEqualTo(Chart.Scale.NINES);
    assertThat(points).hasSize(61);
    assertThat(points.get(0).x()).isZero();
    assertThat(points.get(0).y()).isCloseTo(1, within(PRECISION));
    assertThat(points.get(20).x()).isCloseTo(90, within(1e-9));
    assertThat(points.get(20).y()).isCloseTo(900, within(1.0));
    assertThat(points.get(60).x()).isCloseTo(99.9, within(1e-9));
    assertThat(points.get(60).y()).isCloseTo(1_000, within(1.0));
  }

  @Test
  void nothingRecorded_isAnEmptyCurve_oneValueAPoint() {
    assertThat(latencies.percentiles()).isEmpty();

    latencies.record(Duration.ofMillis(3).toNanos());

    assertThat(latencies.percentiles()).hasSize(1);
    assertThat(latencies.percentiles().get(0).x()).isZero();
  }

  @Test
  void others_areAdded() {
    Latencies others = new Latencies();
    others.record(Duration.ofMillis(7).toNanos());

    latencies.add(others);

    assertThat(latencies.count()).isEqualTo(1);
    assertThat(latencies.percentileMs(50)).isCloseTo(7, within(PRECISION));
  }
}
