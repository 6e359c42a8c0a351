package io.vestibule.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
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
  void others_areAdded() {
    Latencies others = new Latencies();
    others.record(Duration.ofMillis(7).toNanos());

    latencies.add(others);

    assertThat(latencies.count()).isEqualTo(1);
    assertThat(latencies.percentileMs(50)).isCloseTo(7, within(PRECISION));
  }
}
