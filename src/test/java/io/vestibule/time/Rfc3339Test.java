package io.vestibule.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class Rfc3339Test {
  private static final DateTimeFormatter FORMATTER =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Property
  void anyTime_isWrittenAsByTheFormatter(@ForAll("times") Instant at) {
    assertThat(Rfc3339.withMillis(at)).isEqualTo(FORMATTER.format(at));
    assertThat(Rfc3339.shortest(at)).isEqualTo(at.toString());
  }

  @Test
  void theEndsOfTheForm_andWhatLiesBeyond_areWrittenAsByTheFormatter() {
    for (String end :
        List.of(
            "-0001-12-31T23:59:59.999Z",
            "0000-01-01T00:00:00Z",
            "1969-12-31T23:59:59.999Z",
            "1970-01-01T00:00:00.001Z",
            "2024-02-29T00:00:00.050Z",
            "9999-12-31T23:59:59.999Z",
            "+10000-01-01T00:00:00Z")) {
      anyTime_isWrittenAsByTheFormatter(Instant.parse(end));
    }
  }

  @Test
  void aFraction_isCutOffOrKept() {
    Instant at = Instant.parse("2026-03-01T12:00:00.000999Z");

    assertThat(Rfc3339.withMillis(at)).isEqualTo("2026-03-01T12:00:00.000Z");
    assertThat(Rfc3339.shortest(at)).isEqualTo("2026-03-01T12:00:00.000999Z");
    assertThat(Rfc3339.shortest(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00Z");
  }

  /** Whole seconds, whole milliseconds and all else, in every year of four digits and some more. */
  @Provide
  Arbitrary<Instant> times() {
    long farthest = Instant.parse("+10100-01-01T00:00:00Z").getEpochSecond();
    Arbitrary<Long> seconds = Arbitraries.longs().between(-farthest, farthest);
    Arbitrary<Integer> nanos =
        Arbitraries.oneOf(
            Arbitraries.just(0),
            Arbitraries.integers().between(0, 999).map(millis -> millis * 1_000_000),
            Arbitraries.integers().between(0, 999_999_999));
    return seconds.flatMap(second -> nanos.map(nano -> Instant.ofEpochSecond(second, nano)));
  }
}
