package io.vestibule.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class OpenHoursTest {
  private static final int DAY_MINUTES = 24 * 60;
  private static final int WEEK_MINUTES = 7 * DAY_MINUTES;
  private static final LocalDateTime MONDAY = LocalDateTime.parse("2026-06-01T00:00:00");
  private static final Set<DayOfWeek> EVERY_DAY = EnumSet.allOf(DayOfWeek.class);

  @Property(tries = 200)
  void everyMinuteOfTheWeek_isOpen_whereAPlainReadingSaysSo(
      @ForAll("hours") List<HourRange> ranges) {
    assertThat(openMinutes(ranges)).isEqualTo(plainOpenMinutes(ranges));
  }

  @Property(tries = 4_000)
  void anyInstantInAnyZone_isOpen_whereAPlainReadingSaysSo(
      @ForAll("hours") List<HourRange> ranges, @ForAll("walls") ZonedDateTime wall) {
    assertThat(openAt(ranges, wall.toInstant(), wall.getZone()))
        .isEqualTo(PlainHours.open(ranges, wall.toLocalDateTime()));
  }

  @Property(tries = 200)
  void hoursWithTheSameMinutes_areEqual_howeverTheyAreWritten(
      @ForAll("hours") List<HourRange> ranges) {
    List<HourRange> byDay = new ArrayList<>();
    for (HourRange range : ranges) {
      range.days().forEach(day -> byDay.add(0, range(day, range.fromMinute(), range.toMinute())));
    }

    assertThat(OpenHours.of(byDay)).isEqualTo(OpenHours.of(ranges));
    assertThat(OpenHours.of(byDay)).hasSameHashCodeAs(OpenHours.of(ranges));
  }

  @Test
  void hoursThatDifferInAMinute_areNotEqual() {
    OpenHours hours = OpenHours.of(List.of(range(DayOfWeek.MONDAY, 60, 90)));

    assertThat(hours).isNotEqualTo(OpenHours.of(List.of(range(DayOfWeek.MONDAY, 60, 91))));
    assertThat(hours).isNotEqualTo(OpenHours.of(List.of(range(DayOfWeek.TUESDAY, 60, 90))));
    assertThat(hours.hashCode())
        .isNotEqualTo(OpenHours.of(List.of(range(DayOfWeek.MONDAY, 60, 91))).hashCode());
    assertThat(hours).isNotEqualTo("hours");
  }

  @Test
  void noRange_isNeverOpen() {
    assertThat(openMinutes(List.of()).cardinality()).isZero();
  }

  @Test
  void rangeWithoutDays_isNeverOpen() {
    assertThat(openMinutes(List.of(new HourRange(Set.of(), 0, DAY_MINUTES))).cardinality())
        .isZero();
  }

  @Test
  void midnightToMidnight_everyDay_isAlwaysOpen() {
    assertThat(openMinutes(List.of(new HourRange(EVERY_DAY, 0, DAY_MINUTES))).cardinality())
        .isEqualTo(WEEK_MINUTES);
  }

  @Test
  void rangeUntil2400_endsWithItsDay() {
    List<HourRange> hours = List.of(range(DayOfWeek.MONDAY, 23 * 60 + 59, DAY_MINUTES));

    assertThat(openMinutes(hours).cardinality()).isOne();
    assertThat(OpenHours.of(hours).openAt(DAY_MINUTES - 1)).isTrue();
  }

  @Test
  void rangeUntil0000_endsWithItsDay_too() {
    assertThat(OpenHours.of(List.of(range(DayOfWeek.MONDAY, 60, 0))))
        .isEqualTo(OpenHours.of(List.of(range(DayOfWeek.MONDAY, 60, DAY_MINUTES))));
  }

  @Test
  void sundayNight_endsOnMonday() {
    OpenHours hours = OpenHours.of(List.of(range(DayOfWeek.SUNDAY, 22 * 60, 6 * 60 + 30)));

    assertThat(hours.openAt(6 * DAY_MINUTES + 22 * 60 - 1)).isFalse();
    assertThat(hours.openAt(6 * DAY_MINUTES + 22 * 60)).isTrue();
    assertThat(hours.openAt(WEEK_MINUTES - 1)).isTrue();
    assertThat(hours.openAt(0)).isTrue();
    assertThat(hours.openAt(6 * 60 + 29)).isTrue();
    assertThat(hours.openAt(6 * 60 + 30)).isFalse();
  }

  @Test
  void everyHourOfTheWeekOpenInPart_eachDayAnother_isKeptApart() {
    List<HourRange> hours = new ArrayList<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      for (int hour = 0; hour < 24; hour++) {
        hours.add(range(day, hour * 60 + day.getValue(), hour * 60 + day.getValue() + hour + 1));
      }
    }

    assertThat(openMinutes(hours).cardinality()).isEqualTo(7 * 24 * 25 / 2);
    assertThat(openMinutes(hours)).isEqualTo(plainOpenMinutes(hours));
  }

  @Test
  void range_isHalfOpen_pastMidnight_belongsToTheDayItStarts() {
    ZoneId zone = ZoneId.of("UTC");
    List<HourRange> friday = List.of(range(DayOfWeek.FRIDAY, 22 * 60, 6 * 60));
    Instant fridayNight = Instant.parse("2026-06-05T22:00:00Z");
    assertThat(openAt(friday, fridayNight, zone)).isTrue();
    assertThat(openAt(friday, fridayNight.minusMillis(1), zone)).isFalse();
    assertThat(openAt(friday, fridayNight.plus(Duration.ofHours(8)).minusMillis(1), zone)).isTrue();
    assertThat(openAt(friday, fridayNight.plus(Duration.ofHours(8)), zone)).isFalse();
    assertThat(openAt(friday, fridayNight.minus(Duration.ofHours(20)), zone)).isFalse();
  }

  @Test
  void hours_areTheWallClocksOfTheBuilding_throughDaylightSaving() {
    ZoneId newYork = ZoneId.of("America/New_York");
    List<HourRange> seven = List.of(range(DayOfWeek.SUNDAY, 7 * 60, 8 * 60));
    // 2026-03-08: clocks go forward at 02:00, so 07:00 is 11:00Z and no longer 12:00Z.
    assertThat(openAt(seven, Instant.parse("2026-03-01T12:00:00Z"), newYork)).isTrue();
    assertThat(openAt(seven, Instant.parse("2026-03-08T11:00:00Z"), newYork)).isTrue();
    assertThat(openAt(seven, Instant.parse("2026-03-08T12:00:00Z"), newYork)).isFalse();
    assertThat(openAt(seven, Instant.parse("2026-11-01T12:00:00Z"), newYork)).isTrue();
  }

  @Test
  void hourThatTheClocksSkip_neverComes() {
    ZoneId amsterdam = ZoneId.of("Europe/Amsterdam");
    List<HourRange> two = List.of(range(DayOfWeek.SUNDAY, 2 * 60, 3 * 60));
    // 2026-03-29: 02:00 becomes 03:00 at 01:00Z.
    assertThat(openAt(two, Instant.parse("2026-03-29T00:59:59.999Z"), amsterdam)).isFalse();
    assertThat(openAt(two, Instant.parse("2026-03-29T01:00:00Z"), amsterdam)).isFalse();
  }

  @Test
  void hourThatTheClocksRepeat_isOpenTwice() {
    ZoneId amsterdam = ZoneId.of("Europe/Amsterdam");
    List<HourRange> two = List.of(range(DayOfWeek.SUNDAY, 2 * 60, 3 * 60));
    // 2026-10-25: 03:00 becomes 02:00 at 01:00Z.
    assertThat(openAt(two, Instant.parse("2026-10-24T23:59:59Z"), amsterdam)).isFalse();
    assertThat(openAt(two, Instant.parse("2026-10-25T00:00:00Z"), amsterdam)).isTrue();
    assertThat(openAt(two, Instant.parse("2026-10-25T01:59:59Z"), amsterdam)).isTrue();
    assertThat(openAt(two, Instant.parse("2026-10-25T02:00:00Z"), amsterdam)).isFalse();
  }

  @Test
  void nightOverAChangeOfClocks_isAnHourShorterOrLonger() {
    ZoneId newYork = ZoneId.of("America/New_York");
    List<HourRange> saturdayNight = List.of(range(DayOfWeek.SATURDAY, 22 * 60, 6 * 60));
    Instant spring = Instant.parse("2026-03-08T03:00:00Z");
    assertThat(openAt(saturdayNight, spring, newYork)).isTrue();
    assertThat(openAt(saturdayNight, spring.plus(Duration.ofHours(7)), newYork)).isFalse();
    Instant autumn = Instant.parse("2026-11-01T02:00:00Z");
    assertThat(openAt(saturdayNight, autumn, newYork)).isTrue();
    assertThat(openAt(saturdayNight, autumn.plus(Duration.ofHours(9)).minusMillis(1), newYork))
        .isTrue();
    assertThat(openAt(saturdayNight, autumn.plus(Duration.ofHours(9)), newYork)).isFalse();
  }

  @Provide
  Arbitrary<List<HourRange>> hours() {
    return Weeks.hours();
  }

  @Provide
  Arbitrary<ZonedDateTime> walls() {
    return Weeks.walls();
  }

  private static boolean openAt(List<HourRange> ranges, Instant at, ZoneId zone) {
    return OpenHours.of(ranges).openAt(WeekMinute.of(zone.getRules(), at));
  }

  private static BitSet openMinutes(List<HourRange> ranges) {
    OpenHours hours = OpenHours.of(ranges);
    return minutes(hours::openAt);
  }

  private static BitSet plainOpenMinutes(List<HourRange> ranges) {
    return minutes(minute -> PlainHours.open(ranges, MONDAY.plusMinutes(minute)));
  }

  private static BitSet minutes(IntPredicate open) {
    return IntStream.range(0, WEEK_MINUTES)
        .filter(open)
        .collect(BitSet::new, BitSet::set, BitSet::or);
  }

  private static HourRange range(DayOfWeek day, int from, int to) {
    return new HourRange(Set.of(day), from, to);
  }
}
