package io.vestibule.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vestibule.load.report.Chart.Scale;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TicksTest {
  private static final double PRECISION = 1e-9;

  @Test
  void aLinearAxis_startsAtZero_andIsMarkedInRoundSteps() {
    Ticks ticks = Ticks.of(Scale.LINEAR, List.of(130.0, 970.0));

    assertThat(ticks.marks()).containsExactly(0.0, 200.0, 400.0, 600.0, 800.0, 1_000.0);
    assertThat(ticks.position(0)).isZero();
    assertThat(ticks.position(250)).isCloseTo(0.25, within(PRECISION));
    assertThat(ticks.position(1_000)).isEqualTo(1);
  }

  @Test
  void aLinearAxis_goesBelowZero_whereValuesDo() {
    Ticks ticks = Ticks.of(Scale.LINEAR, List.of(-3.0, 9.0));

    assertThat(ticks.low()).isEqualTo(-4);
    assertThat(ticks.high()).isEqualTo(10);
    assertThat(ticks.marks()).contains(0.0);
  }

  @Test
  void aLogarithmicAxis_isMarkedInOnesTwosAndFives_eachDecadeAsWide() {
    Ticks ticks = Ticks.of(Scale.LOGARITHMIC, List.of(0.23, 18.0));

    assertThat(ticks.marks()).containsExactly(0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0);
    assertThat(ticks.position(0.2)).isZero();
    assertThat(ticks.position(2)).isCloseTo(0.5, within(PRECISION));
    assertThat(ticks.position(20)).isEqualTo(1);
  }

  @Test
  void aLogarithmicAxisOfManyDecades_isMarkedInPowersOfTen() {
    Ticks ticks = Ticks.of(Scale.LOGARITHMIC, List.of(0.1, 90_000.0));

    assertThat(ticks.marks()).containsExactly(0.1, 1.0, 10.0, 100.0, 1_000.0, 10_000.0, 100_000.0);
  }

  @Test
  void whatHasNoLogarithm_liesAtTheEnd_andMovesNoOther() {
    Ticks ticks = Ticks.of(Scale.LOGARITHMIC, List.of(0.0, 1.0, 10.0));

    assertThat(ticks.low()).isEqualTo(1);
    assertThat(ticks.position(0)).isZero();
    assertThat(ticks.position(-1)).isZero();
  }

  @Test
  void eachFurtherNine_isAsWide() {
    Ticks ticks = Ticks.of(Scale.NINES, List.of(0.0, 99.99));

    assertThat(ticks.marks().stream().map(Ticks::label))
        .containsExactly("0", "50", "90", "99", "99.9", "99.99");
    assertThat(ticks.position(90)).isCloseTo(0.25, within(PRECISION));
    assertThat(ticks.position(99)).isCloseTo(0.5, within(PRECISION));
    assertThat(ticks.position(99.9)).isCloseTo(0.75, within(PRECISION));
    assertThat(ticks.position(100)).isEqualTo(1);
  }

  @Test
  void nothing_oneValue_orValuesAlike_stillMakeAnAxis() {
    for (Scale scale : Scale.values()) {
      for (List<Double> values :
          List.of(List.<Double>of(), List.of(0.0), List.of(7.0, 7.0), List.of(Double.NaN))) {
        Ticks ticks = Ticks.of(scale, values);

        assertThat(ticks.high()).isGreaterThan(ticks.low());
        assertThat(ticks.marks()).hasSizeGreaterThan(1);
        assertThat(ticks.position(7)).isBetween(0.0, 1.0);
      }
    }
  }

  @Test
  void labels_areAsShortAsTheyCanBe() {
    assertThat(Ticks.label(0)).isEqualTo("0");
    assertThat(Ticks.label(3 * 0.1)).isEqualTo("0.3");
    assertThat(Ticks.label(0.002)).isEqualTo("0.002");
    assertThat(Ticks.label(20_000)).isEqualTo("20,000");
    assertThat(Ticks.label(99.99999)).isEqualTo("99.99999");
  }
}
