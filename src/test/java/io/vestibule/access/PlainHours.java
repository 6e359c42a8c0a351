package io.vestibule.access;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/** Opening hours as one reads them off the door: slow, and obvious. */
final class PlainHours {
  private PlainHours() {}

  static boolean open(List<HourRange> ranges, LocalDateTime wall) {
    return ranges.stream()
        .anyMatch(
            range ->
                covers(range, wall.toLocalDate(), wall)
                    || covers(range, wall.toLocalDate().minusDays(1), wall));
  }

  private static boolean covers(HourRange range, LocalDate startDay, LocalDateTime wall) {
    LocalDateTime from = startDay.atStartOfDay().plusMinutes(range.fromMinute());
    LocalDate endDay = range.toMinute() > range.fromMinute() ? startDay : startDay.plusDays(1);
    LocalDateTime to = endDay.atStartOfDay().plusMinutes(range.toMinute());
    return range.days().contains(startDay.getDayOfWeek())
        && !wall.isBefore(from)
        && wall.isBefore(to);
  }
}
