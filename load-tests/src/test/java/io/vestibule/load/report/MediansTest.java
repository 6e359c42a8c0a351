package io.vestibule.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MediansTest {
  @Test
  void oneOutlier_doesNotCount() {
    assertThat(Medians.of(List.of(9_000.0, 1.0, 3.0))).isEqualTo(3);
  }

  @Test
  void ofAnEvenNumber_itLiesBetween() {
    assertThat(Medians.of(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(3);
  }

  @Test
  void ofNothing_andOfWhatWasNotMeasured_itIsNoNumber() {
    assertThat(Medians.of(List.of())).isNaN();
    assertThat(Medians.of(List.of(1.0, Double.NaN, 2.0))).isNaN();
  }
}
