package io.vestibule.access;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.Set;

/**
 * A daily range of opening hours in minutes of the day, half-open. It belongs to the days on which
 * it starts; one that ends at or before its start runs past midnight.
 */
public record HourRange(Set<DayOfWeek> days, int fromMinute, int toMinute) {
  private static final int DAY_MINUTES = WeekMinute.DAY_MINUTES;

  public HourRange {
    if (fromMinute < 0 || fromMinute >= DAY_MINUTES || toMinute < 0 || toMinute > DAY_MINUTES) {
      throw new IllegalArgumentException("minutes of a day are 0 to 1440");
    }
    days = Set.copyOf(days.isEmpty() ? EnumSet.noneOf(DayOfWeek.class) : EnumSet.copyOf(days));
  }

  int lengthMinutes() {
    int length = toMinute - fromMinute;
    return length > 0 ? length : length + DAY_MINUTES;
  }
}
