package io.vestibule.load.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FlatnessTest {
  @Test
  void whatGrowsAtFirst_andNotAfter_isFlat() {
    Flatness flatness =
        Flatness.of(List.of(10.0, 50.0, 90.0, 100.0, 101.0, 99.0, 100.0, 102.0, 101.0), 0);

    assertThat(flatness.flat()).isTrue();
    assertThat(flatness.middle()).isEqualTo(100);
    assertThat(flatness.last()).isEqualTo(101);
  }

  @Test
  void whatGrowsAllTheTime_isNot() {
    assertThat(Flatness.of(List.of(10.0, 20.0, 30.0, 40.0, 50.0, 60.0), 3).flat()).isFalse();
  }

  @Test
  void theSlack_isForWhatIsSmall() {
    List<Double> small = List.of(1.0, 1.0, 1.0, 1.0, 3.0, 3.0);

    assertThat(Flatness.of(small, 3).flat()).isTrue();
    assertThat(Flatness.of(small, 1).flat()).isFalse();
  }

  @Test
  void oneSampleThatStandsOut_doesNotCount() {
    assertThat(Flatness.of(List.of(5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 500.0, 5.0), 0).flat())
        .isTrue();
  }

  @Test
  void withoutSamples_itIsNotFlat() {
    assertThat(Flatness.of(List.of(), 3).flat()).isFalse();
  }
}
