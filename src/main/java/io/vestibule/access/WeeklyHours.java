package io.vestibule.access;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/** The hours of a week in which an admission holds, read on the wall clock of the building. */
public record WeeklyHours(List<HourRange> ranges) {
  public WeeklyHours {
    ranges = List.copyOf(ranges);
  }

  /** Daylight-saving changes move the instant, never the time on the wall. */
  public boolean openAt(Instant at, ZoneId zone) {
    ZonedDateTime local = at.atZone(zone);
    int minute = local.getHour() * 60 + local.getMinute();
    for (HourRange range : ranges) {
      if (range.covers(local.getDayOfWeek(), minute)) {
        return true;
      }
    }
    return false;
  }
}
