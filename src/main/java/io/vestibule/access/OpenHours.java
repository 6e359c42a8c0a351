package io.vestibule.access;

import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.List;

/**
 * The minutes of a week in which a rule holds, packed so that each is tested in constant time.
 *
 * <p>Days with equal hours share a pattern. The first word has a byte for each day, Monday's the
 * lowest: where the day's pattern begins. A pattern is a word with a bit for each hour that is open
 * throughout and, above these, a bit for each hour that is open in part; then, for each of the
 * latter in turn, a word with a bit for each open minute.
 */
final class OpenHours {
  private static final int WEEK_DAYS = 7;
  private static final int DAY_HOURS = 24;
  private static final int HOUR_MINUTES = WeekMinute.HOUR_MINUTES;
  private static final int DAY_MINUTES = WeekMinute.DAY_MINUTES;
  private static final int PATTERN_WORDS_MAX = 1 + DAY_HOURS;
  private static final int START_BITS = 8;
  private static final long WHOLE_HOUR = minutes(0, HOUR_MINUTES);

  private final long[] words;

  private OpenHours(long[] words) {
    this.words = words;
  }

  /** What any of the ranges covers is open. */
  static OpenHours of(List<HourRange> ranges) {
    long[] hours = new long[WEEK_DAYS * DAY_HOURS];
    for (HourRange range : ranges) {
      for (DayOfWeek day : range.days()) {
        int from = (day.getValue() - 1) * DAY_MINUTES + range.fromMinute();
        open(hours, from, from + range.lengthMinutes());
      }
    }
    return new OpenHours(packed(hours));
  }

  boolean openAt(int weekMinute) {
    int start = patternStart(words, weekMinute / DAY_MINUTES);
    int hour = weekMinute / HOUR_MINUTES % DAY_HOURS;
    long pattern = words[start];
    if (bit(pattern, hour)) {
      return true;
    }
    long inPart = pattern >>> DAY_HOURS;
    return bit(inPart, hour)
        && bit(words[start + 1 + bitsBelow(hour, inPart)], weekMinute % HOUR_MINUTES);
  }

  int sizeBytes() {
    return Sizes.ARRAY + Sizes.ARRAY + Sizes.LONG * words.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OpenHours hours && Arrays.equals(words, hours.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }

  /** {@code to} may lie in the next week, which is this one: Sunday's night ends on Monday. */
  private static void open(long[] hours, int from, int to) {
    for (int hour = from / HOUR_MINUTES; hour * HOUR_MINUTES < to; hour++) {
      int start = hour * HOUR_MINUTES;
      hours[hour % hours.length] |=
          minutes(Math.max(from - start, 0), Math.min(to - start, HOUR_MINUTES));
    }
  }

  private static long[] packed(long[] hours) {
    long[] words = new long[1 + WEEK_DAYS * PATTERN_WORDS_MAX];
    int used = 1;
    for (int day = 0; day < WEEK_DAYS; day++) {
      int twin = firstDayLike(hours, day);
      if (twin < day) {
        words[0] |= (long) patternStart(words, twin) << (day * START_BITS);
      } else {
        words[0] |= (long) used << (day * START_BITS);
        used = writePattern(words, used, hours, day);
      }
    }
    return Arrays.copyOf(words, used);
  }

  /** Where the next pattern may begin. */
  private static int writePattern(long[] words, int start, long[] hours, int day) {
    int used = start + 1;
    for (int hour = 0; hour < DAY_HOURS; hour++) {
      long open = hours[day * DAY_HOURS + hour];
      if (open == WHOLE_HOUR) {
        words[start] |= 1L << hour;
      } else if (open != 0) {
        words[start] |= 1L << (DAY_HOURS + hour);
        words[used++] = open;
      }
    }
    return used;
  }

  private static int firstDayLike(long[] hours, int day) {
    int first = 0;
    while (!sameHours(hours, first, day)) {
      first++;
    }
    return first;
  }

  private static boolean sameHours(long[] hours, int one, int other) {
    return Arrays.equals(
        hours,
        one * DAY_HOURS,
        (one + 1) * DAY_HOURS,
        hours,
        other * DAY_HOURS,
        (other + 1) * DAY_HOURS);
  }

  private static int patternStart(long[] words, int day) {
    return (int) (words[0] >>> (day * START_BITS)) & ((1 << START_BITS) - 1);
  }

  private static long minutes(int from, int to) {
    return (1L << to) - (1L << from);
  }

  private static boolean bit(long bits, int index) {
    return ((bits >>> index) & 1) != 0;
  }

  private static int bitsBelow(int index, long bits) {
    return Long.bitCount(bits & ((1L << index) - 1));
  }
}
