package io.vestibule.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LocationTest {
  @ParameterizedTest
  @CsvSource({"90, 180", "-90, -180", "0, 0"})
  void pointOnTheEarth(double lat, double lon) {
    assertThat(new Location(lat, lon))
        .extracting(Location::lat, Location::lon)
        .containsExactly(lat, lon);
  }

  @ParameterizedTest
  @CsvSource({
    "90.001, 0",
    "-90.001, 0",
    "0, 180.001",
    "0, -180.001",
    "NaN, 0",
    "0, NaN",
    "Infinity, 0"
  })
  void noPointOnTheEarth_isRefused(double lat, double lon) {
    assertThatThrownBy(() -> new Location(lat, lon)).isInstanceOf(IllegalArgumentException.class);
  }
}
