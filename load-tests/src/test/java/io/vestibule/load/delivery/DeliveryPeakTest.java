package io.vestibule.load.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.load.report.Figure;
import io.vestibule.load.report.OverTime.Spell;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class DeliveryPeakTest {
  private static final Spell BUSY = new Spell(0, 90, 0, 2, 5, 7);
  private static final Spell STILL = new Spell(1, 0, 0, Double.NaN, Double.NaN, Double.NaN);
  private static final Spell STILL_TOO = new Spell(2, 0, 0, Double.NaN, Double.NaN, Double.NaN);

  private final DeliveryPeak peak =
      new DeliveryPeak(
          new DeliveryPeak.Plan(
              20, 100, Duration.ofSeconds(24), Duration.ofSeconds(1), Optional.empty()));

  @Test
  void secondsInWhichNothingOpened_lowerTheRate_andHaveNoLatency() {
    Map<String, Double> values =
        peak.part("a day", new Day.Part("all", 0, 3), List.of(BUSY, STILL, STILL_TOO)).stream()
            .collect(Collectors.toMap(figure -> figure.measure().name(), Figure::value));

    assertThat(values)
        .containsEntry("opened", 0.0)
        .containsEntry("p50, median second", 2.0)
        .containsEntry("p99, median second", 5.0)
        .containsEntry("longest", 7.0);
  }
}
