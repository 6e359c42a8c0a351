package io.vestibule.time;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Writes times as RFC 3339 has them, in UTC. By hand, since every unlock has several; what does not
 * fit into the form, such as a year of five digits, goes the long way.
 */
public final class Rfc3339 {
  private static final DateTimeFormatter ANY_YEAR =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final long FIRST_SECOND = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
  private static final String WITH_MILLIS = "0000-00-00T00:00:00.000Z";
  private static final String WITHOUT_FRACTION = "0000-00-00T00:00:00Z";
  private static final int SECONDS_A_DAY = 86_400;
  private static final int NANOS_A_MILLI = 1_000_000;

  private Rfc3339() {}

  /** With three digits behind the second; what is smaller is cut off. */
  public static String withMillis(Instant at) {
    long second = at.getEpochSecond();
    return fits(second) ? write(second, at.getNano(), WITH_MILLIS) : ANY_YEAR.format(at);
  }

  /** As {@link Instant#toString()}: with three, six or nine digits behind the second, or none. */
  public static String shortest(Instant at) {
    long second = at.getEpochSecond();
    int nano = at.getNano();
    return fits(second) && nano % NANOS_A_MILLI == 0
        ? write(second, nano, nano == 0 ? WITHOUT_FRACTION : WITH_MILLIS)
        : at.toString();
  }

  private static boolean fits(long second) {
    return second >= FIRST_SECOND && second <= LAST_SECOND;
  }

  private static String write(long second, int nano, String form) {
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_A_DAY));
    int secondOfDay = Math.floorMod(second, SECONDS_A_DAY);
    byte[] text = form.getBytes(StandardCharsets.ISO_8859_1);
    put(day.getYear(), text, 3);
    put(day.getMonthValue(), text, 6);
    put(day.getDayOfMonth(), text, 9);
    put(secondOfDay / 3_600, text, 12);
    put(secondOfDay / 60 % 60, text, 15);
    put(secondOfDay % 60, text, 18);
    put(nano / NANOS_A_MILLI, text, 22);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** Over the zeros that stand there, up to the last digit's place. */
  private static void put(int number, byte[] text, int last) {
    int place = last;
    for (int rest = number; rest > 0; rest /= 10) {
      text[place--] = (byte) ('0' + rest % 10);
    }
  }
}
