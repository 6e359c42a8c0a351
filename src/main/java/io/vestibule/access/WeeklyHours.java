package io.vestibule.access;

import java.util.List;

/** The hours of a week in which an admission holds, read on the wall clock of the building. */
public record WeeklyHours(List<HourRange> ranges) {
  public WeeklyHours {
    ranges = List.copyOf(ranges);
  }
}
