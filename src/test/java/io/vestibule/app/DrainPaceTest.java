package io.vestibule.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How fast doors are sent away. */
final class DrainPaceTest {
  @Test
  void fewDoors_leaveAsFastAsTheNextGatewayTakesThem() {
    assertThat(DrainPace.doorsPerSecond(0)).isEqualTo(1_000);
    assertThat(DrainPace.doorsPerSecond(13_000)).isEqualTo(1_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {15_000, 16_000, 100_000, 1_000_000})
  void manyDoors_areAllAskedSoEarly_thatBusyOnesHaveTimeYet(int doorCount) {
    double askedWithinSeconds = (double) doorCount / DrainPace.doorsPerSecond(doorCount);

    assertThat(askedWithinSeconds).isLessThan(DrainPace.SECONDS_MAX - 1.5);
  }
}
