package io.vestibule.load.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.load.report.Judge;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SizeOverTimeTest {
  @Test
  void aHeapThatLeaks_andBuffersThatDo_areMissed() {
    assertThat(missed(30, 1.5, 0)).containsExactly("heap");
    assertThat(missed(30, 0, 0.02)).containsExactly("direct memory");
    assertThat(missed(30, 0.5, 0.01)).isEmpty();
  }

  @Test
  void howItIsJudged_isSaid_andWhatIsTolerated() {
    assertThat(size(30, 0, 0).figures())
        .extracting(figure -> figure.subject().section())
        .contains(
            "Its growth: Theil-Sen through the least of each 2 samples after the first tenth; at"
                + " most: with 95 % confidence; 72 MB/h are 40 bytes an unlock");
  }

  @Test
  void aRunThatIsTooShort_saysSo_andIsNotJudged() {
    assertThat(size(10, 9, 9).leftOut())
        .containsExactly("growth, which takes 11 samples and had 10");
    assertThat(missed(10, 9, 9)).isEmpty();
    assertThat(size(11, 0, 0).leftOut()).isEmpty();
  }

  private static List<String> missed(int count, double heapGrowth, double directGrowth) {
    return new Judge(false)
        .missed(size(count, heapGrowth, directGrowth).figures()).stream()
            .map(figure -> figure.subject().name())
            .toList();
  }

  /** Each grows by so many megabytes a minute. */
  private static SizeOverTime size(int count, double heapGrowth, double directGrowth) {
    List<Sample> samples =
        IntStream.range(0, count)
            .mapToObj(
                minute ->
                    new Sample(
                        60.0 * minute,
                        190 + heapGrowth * minute,
                        2 + directGrowth * minute,
                        600 + 9.0 * minute,
                        10_000))
            .toList();
    return new SizeOverTime(samples, Duration.ofMinutes(1), 500);
  }
}
