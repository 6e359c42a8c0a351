package io.vestibule.access;

import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.Set;

/**
 * A daily range of opening hours in minutes of the day, half-open. It belongs to the days on which
 * it starts; one that ends at or before its start runs past midnight.
 */
public record HourRange(Set<DayOfWeek> days, int fromMinute, int toMinute) {
  private static final int DAY_MINUTES = 24 * 60;

  public HourRange {
    if (fromMinute < 0 || fromMinute >= DAY_MINUTES || toMinute < 0 || toMinute > DAY_MINUTES) {
      throw new IllegalArgumentException("minutes of a day are 0 to 1440");
    }
    days = Set.copyOf(days.isEmpty() ? EnumSet.noneOf(DayOfWeek.class) : EnumSet.copyOf(days));
  }

  boolean covers(DayOfWeek day, int minute) {
    if (fromMinute < toMinute) {
      return days.contains(day) && minute >= fromMinute && minute < toMinute;
    }
    return (days.contains(day) && minute >= fromMinute)
        || (days.contains(day.minus(1)) && minute < toMinute);
  }
}
