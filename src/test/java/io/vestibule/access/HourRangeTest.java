package io.vestibule.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HourRangeTest {
  private static final Set<DayOfWeek> MONDAY = Set.of(DayOfWeek.MONDAY);

  @ParameterizedTest
  @CsvSource({"-1, 60", "1440, 60", "60, -1", "60, 1441"})
  void minuteOutsideADay_isRefused(int from, int to) {
    assertThatThrownBy(() -> new HourRange(MONDAY, from, to))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1440, 1440",
    "0, 1, 1",
    "1439, 1440, 1",
    "1439, 0, 1",
    "1320, 360, 480",
    "0, 0, 1440",
    "600, 600, 1440"
  })
  void length_isThatOfTheRange_pastMidnightToo(int from, int to, int minutes) {
    assertThat(new HourRange(MONDAY, from, to).lengthMinutes()).isEqualTo(minutes);
  }

  @Test
  void days_areThoseGiven_whateverBecomesOfThem() {
    EnumSet<DayOfWeek> days = EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY);
    HourRange range = new HourRange(days, 60, 120);
    days.clear();

    assertThat(range.days()).containsExactlyInAnyOrder(DayOfWeek.MONDAY, DayOfWeek.SUNDAY);
    assertThat(new HourRange(days, 60, 120).days()).isEmpty();
  }
}
