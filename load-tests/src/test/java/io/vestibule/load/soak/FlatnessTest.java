package io.vestibule.load.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FlatnessTest {
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final int HALF_AN_HOUR = 30;
  private static final int RUNS = 400;
  private static final double FLOOR_MB = 180;

  /** What lies above the floor on average, as a heap after collections shows it. */
  private static final double ABOVE_MB = 13;

  @Test
  void aStraightLine_growsByItsSlope_andSurelyByNoMore() {
    Flatness line = of(HALF_AN_HOUR, minute -> 100 + 2.0 * minute);

    assertThat(line.perHour()).isCloseTo(120, within(1e-9));
    assertThat(line.perHourAtMost()).isCloseTo(120, within(1e-9));
  }

  @Test
  void whatGrowsAtFirst_andNotAfter_isFlat() {
    Flatness warmedUp = of(HALF_AN_HOUR, minute -> minute < 3 ? 10.0 * minute : 100);

    assertThat(warmedUp.perHour()).isZero();
    assertThat(warmedUp.perHourAtMost()).isZero();
  }

  @Test
  void samplesThatStandOut_doNotCount() {
    assertThat(of(HALF_AN_HOUR, minute -> minute % 4 == 0 ? 500 : 5).perHourAtMost()).isZero();
  }

  @Test
  void thirds_areMedians() {
    Flatness flatness = of(9, minute -> minute < 3 ? 10 : minute < 6 ? 100 + minute : 200 + minute);

    assertThat(flatness.middle()).isEqualTo(104);
    assertThat(flatness.last()).isEqualTo(207);
  }

  @Test
  void whatIsFlat_isShownToBe_inHalfAnHourOfNoise() {
    assertThat(shareAtMost(SizeOverTime.HEAP_MB_PER_HOUR_MAX, 0)).isGreaterThan(0.97);
  }

  @Test
  void aLeak_isNotHiddenByNoise() {
    double max = SizeOverTime.HEAP_MB_PER_HOUR_MAX;

    assertThat(shareAtMost(max, max)).isLessThan(0.07);
    assertThat(shareAtMost(max, 2 * max)).isZero();
  }

  @Test
  void neitherOrigin_norUnit_changesWhatIsFound() {
    for (int seed = 0; seed < 50; seed++) {
      double[] noise = noise(seed, HALF_AN_HOUR);
      Flatness found = of(HALF_AN_HOUR, minute -> noise[minute]);
      Flatness moved = of(HALF_AN_HOUR, minute -> 1_000 + 8 * noise[minute]);

      assertThat(moved.perHour()).isCloseTo(8 * found.perHour(), within(1e-6));
      assertThat(moved.perHourAtMost()).isCloseTo(8 * found.perHourAtMost(), within(1e-6));
      assertThat(found.perHourAtMost()).isGreaterThanOrEqualTo(found.perHour());
    }
  }

  @Test
  void tooFewSamples_andSamplesThatAreNone_tellNothing() {
    assertThat(of(Flatness.SAMPLES_MIN, minute -> 5).perHourAtMost()).isZero();
    assertThat(of(Flatness.SAMPLES_MIN - 1, minute -> 5).perHourAtMost()).isNaN();
    assertThat(of(0, minute -> 5).perHour()).isNaN();
    assertThat(of(HALF_AN_HOUR, minute -> minute == 7 ? Double.NaN : 5).perHourAtMost()).isNaN();
  }

  /** Of many runs with noise and that growth, how many are surely within a limit. */
  private static double shareAtMost(double limitPerHour, double growthPerHour) {
    int count = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      double[] noise = noise(seed, HALF_AN_HOUR);
      Flatness found =
          of(HALF_AN_HOUR, minute -> FLOOR_MB + noise[minute] + growthPerHour * minute / 60);
      count += found.perHourAtMost() <= limitPerHour ? 1 : 0;
    }
    return (double) count / RUNS;
  }

  private static double[] noise(int seed, int count) {
    Random random = new Random(seed);
    return random.doubles(count).map(share -> -ABOVE_MB * Math.log1p(-share)).toArray();
  }

  private static Flatness of(int count, IntToDoubleFunction sample) {
    return Flatness.of(IntStream.range(0, count).mapToDouble(sample).boxed().toList(), EVERY);
  }
}
