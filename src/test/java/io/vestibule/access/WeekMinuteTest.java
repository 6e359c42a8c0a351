package io.vestibule.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeekMinuteTest {
  private static final int DAY_MINUTES = 24 * 60;

  /** What the wall shows just before and just after its clock is changed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # An hour forward and back.
          America/New_York    | 2026-03-08T06:59:59.999Z | SUNDAY    | 01:59
          America/New_York    | 2026-03-08T07:00:00Z     | SUNDAY    | 03:00
          America/New_York    | 2026-11-01T05:59:59.999Z | SUNDAY    | 01:59
          America/New_York    | 2026-11-01T06:00:00Z     | SUNDAY    | 01:00
          # Winter time is what Dublin's law calls the change.
          Europe/Dublin       | 2026-03-29T00:59:59Z     | SUNDAY    | 00:59
          Europe/Dublin       | 2026-03-29T01:00:00Z     | SUNDAY    | 02:00
          # Half and three quarters of an hour off, and no change.
          Asia/Kolkata        | 2026-06-01T18:29:59Z     | MONDAY    | 23:59
          Asia/Kolkata        | 2026-06-01T18:30:00Z     | TUESDAY   | 00:00
          Asia/Kathmandu      | 2026-06-07T18:14:59Z     | SUNDAY    | 23:59
          Asia/Kathmandu      | 2026-06-07T18:15:00Z     | MONDAY    | 00:00
          # Half an hour off, an hour's change.
          America/St_Johns    | 2026-03-08T05:29:59Z     | SUNDAY    | 01:59
          America/St_Johns    | 2026-03-08T05:30:00Z     | SUNDAY    | 03:00
          # A change at a minute past midnight, back into Saturday.
          America/St_Johns    | 2010-11-07T02:30:59Z     | SUNDAY    | 00:00
          America/St_Johns    | 2010-11-07T02:31:00Z     | SATURDAY  | 23:01
          # Half an hour's change.
          Australia/Lord_Howe | 2026-04-04T14:59:59Z     | SUNDAY    | 01:59
          Australia/Lord_Howe | 2026-04-04T15:00:00Z     | SUNDAY    | 01:30
          Australia/Lord_Howe | 2026-10-03T15:29:59Z     | SUNDAY    | 01:59
          Australia/Lord_Howe | 2026-10-03T15:30:00Z     | SUNDAY    | 02:30
          # A Friday that never was: the date line moved.
          Pacific/Apia        | 2011-12-30T09:59:59Z     | THURSDAY  | 23:59
          Pacific/Apia        | 2011-12-30T10:00:00Z     | SATURDAY  | 00:00
          # Summer time is given up for Ramadan.
          Africa/Casablanca   | 2026-02-15T01:59:59Z     | SUNDAY    | 02:59
          Africa/Casablanca   | 2026-02-15T02:00:00Z     | SUNDAY    | 02:00
          Africa/Casablanca   | 2026-03-22T01:59:59Z     | SUNDAY    | 01:59
          Africa/Casablanca   | 2026-03-22T02:00:00Z     | SUNDAY    | 03:00
          # Offsets with seconds, of long ago: -4:56:02 and -0:44:30.
          America/New_York    | 1880-01-01T04:56:01Z     | WEDNESDAY | 23:59
          America/New_York    | 1880-01-01T04:56:02Z     | THURSDAY  | 00:00
          Africa/Monrovia     | 1972-01-07T00:44:29Z     | THURSDAY  | 23:59
          Africa/Monrovia     | 1972-01-07T00:44:30Z     | FRIDAY    | 00:44
          # The epoch, and the week in which it lay.
          UTC                 | 1970-01-01T00:00:00Z     | THURSDAY  | 00:00
          UTC                 | 1969-12-28T23:59:59Z     | SUNDAY    | 23:59
          UTC                 | 1969-12-29T00:00:00Z     | MONDAY    | 00:00
          """)
  void wallClock_aroundAChange(ZoneId zone, Instant at, DayOfWeek day, LocalTime time) {
    assertThat(wall(WeekMinute.of(zone.getRules(), at))).isEqualTo(wall(day, time));
  }

  @Property(tries = 20_000)
  void anyInstantInAnyZone_isWhatAZonedDateTimeShows(@ForAll("walls") ZonedDateTime wall) {
    assertThat(WeekMinute.of(wall.getZone().getRules(), wall.toInstant()))
        .isEqualTo(
            (wall.getDayOfWeek().getValue() - 1) * DAY_MINUTES
                + wall.getHour() * 60
                + wall.getMinute());
  }

  @Test
  void endsOfTime_areNoMoreThanAMinuteOfAWeek() {
    for (Instant at : new Instant[] {Instant.MIN, Instant.MAX}) {
      assertThat(WeekMinute.of(ZoneId.of("Pacific/Apia").getRules(), at))
          .isBetween(0, 7 * DAY_MINUTES - 1);
    }
  }

  @Provide
  Arbitrary<ZonedDateTime> walls() {
    return Weeks.walls();
  }

  private static String wall(int weekMinute) {
    return wall(
        DayOfWeek.of(1 + weekMinute / DAY_MINUTES),
        LocalTime.ofSecondOfDay(weekMinute % DAY_MINUTES * 60L));
  }

  private static String wall(DayOfWeek day, LocalTime time) {
    return String.format(Locale.ROOT, "%s %s", day, time);
  }
}
