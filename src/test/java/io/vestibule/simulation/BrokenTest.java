package io.vestibule.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation finds mistakes: each of these within the seeds that every build runs. */
class BrokenTest {
  @ParameterizedTest
  @EnumSource
  void mistake_isFound(Broken mistake) {
    assertThat(Seeds.firstViolation(Seeds.COUNT_DEFAULT, mistake))
        .hasValueSatisfying(violation -> assertThat(violation).contains(mistake.found()));
  }
}
