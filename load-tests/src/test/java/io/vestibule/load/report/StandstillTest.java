package io.vestibule.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class StandstillTest {
  private static final long MICROS = 1_000;
  private static final long MS = 1_000_000;

  @Test
  void aGapAboveAMillisecond_isTimeThatACoreStoodStill() {
    ClockReadings core = readings(900 * MICROS, MS, MS + 1, 8 * MS);

    assertThat(core.length()).isEqualTo(900 * MICROS + 2 * MS + 1 + 8 * MS);
    assertThat(core.still()).isEqualTo(9 * MS + 1);
    assertThat(core.longest()).isEqualTo(8 * MS);
  }

  @Test
  void theShare_isOfAllCores_andTheWorstOfAnyOne() {
    ClockReadings calm = readings(MS, MS, MS, MS);
    ClockReadings disturbed = readings(MS, MS, 2 * MS);

    Standstill both = Standstill.of(List.of(calm, disturbed));

    assertThat(both.percent()).isCloseTo(25, within(1e-9));
    assertThat(both.worstMs()).isCloseTo(2, within(1e-9));
  }

  @Test
  void aCalmMachine_hasAWorstAllTheSame() {
    assertThat(Standstill.of(List.of(readings(MS / 2, MS / 4)))).isEqualTo(new Standstill(0, 0.5));
  }

  /** From an origin below zero, as a clock's may be. */
  private static ClockReadings readings(long... gaps) {
    long now = -5 * MS;
    ClockReadings readings = new ClockReadings(now);
    for (long gap : gaps) {
      now += gap;
      readings.read(now);
    }
    return readings;
  }
}
