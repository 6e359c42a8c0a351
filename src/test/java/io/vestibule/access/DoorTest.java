package io.vestibule.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DoorTest {
  @ParameterizedTest
  @ValueSource(longs = {1_000, 5_000, 60_000})
  void doorsThatHoldForTheSameWholeSeconds_shareTheValue(long millis) {
    assertThat(door(millis).hold())
        .isEqualTo(Duration.ofMillis(millis))
        .isSameAs(door(millis).hold());
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1_500, 61_000, 86_400_000})
  void anyOtherHold_isKeptAsItIs(long millis) {
    assertThat(door(millis).hold()).isEqualTo(Duration.ofMillis(millis));
  }

  private static Door door(long holdMillis) {
    return new Door(
        new DoorId("front"), new BuildingId("elm"), Status.ACTIVE, Duration.ofMillis(holdMillis));
  }
}
