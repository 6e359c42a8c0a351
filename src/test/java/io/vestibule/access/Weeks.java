package io.vestibule.access;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random opening hours, and random instants that crowd around the changes of a zone's clocks. */
final class Weeks {
  private static final int DAY_MINUTES = 24 * 60;
  private static final Instant LAST_CHANGE = Instant.parse("2045-01-01T00:00:00Z");
  private static final long FIRST_SECOND = Instant.parse("1850-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST_SECOND = Instant.parse("2150-01-01T00:00:00Z").getEpochSecond();

  private static final Map<ZoneId, List<Instant>> CHANGES = new ConcurrentHashMap<>();

  private Weeks() {}

  static Arbitrary<List<HourRange>> hours() {
    Arbitrary<Integer> from = minutes(DAY_MINUTES - 1);
    Arbitrary<Integer> to = minutes(DAY_MINUTES);
    return Combinators.combine(Arbitraries.of(DayOfWeek.class).set().ofMaxSize(7), from, to)
        .as(HourRange::new)
        .list()
        .ofMaxSize(8);
  }

  /** Zones with something uncommon about them, and any other. */
  static Arbitrary<ZoneId> zones() {
    Arbitrary<String> uncommon =
        Arbitraries.of(
            "UTC",
            "America/New_York",
            "Europe/Amsterdam",
            "Europe/Dublin",
            "Asia/Kolkata",
            "Asia/Kathmandu",
            "Australia/Lord_Howe",
            "America/St_Johns",
            "Pacific/Apia",
            "Pacific/Chatham",
            "Africa/Casablanca",
            "Africa/Monrovia",
            "Antarctica/Troll");
    List<String> all = ZoneId.getAvailableZoneIds().stream().sorted().toList();
    return Arbitraries.oneOf(uncommon, Arbitraries.of(all)).map(ZoneId::of);
  }

  /** Mostly near a change of the zone's clocks; in a zone without one, at any time. */
  static Arbitrary<ZonedDateTime> walls() {
    Arbitrary<Long> seconds = Arbitraries.longs().between(FIRST_SECOND, LAST_SECOND);
    Arbitrary<Boolean> nearChange = Arbitraries.of(true, true, true, false);
    return Combinators.combine(
            zones(), nearChange, Arbitraries.integers().between(0, 999), distances(), seconds)
        .as(
            (zone, near, pick, distance, second) -> {
              List<Instant> changes = changes(zone);
              return near && !changes.isEmpty()
                  ? changes.get(pick % changes.size()).plus(distance).atZone(zone)
                  : Instant.ofEpochSecond(second).atZone(zone);
            });
  }

  private static Arbitrary<Duration> distances() {
    Arbitrary<Duration> edge = Arbitraries.longs().between(-1_000, 1_000).map(Duration::ofMillis);
    Arbitrary<Duration> minutes = Arbitraries.longs().between(-240, 240).map(Duration::ofMinutes);
    Arbitrary<Duration> days =
        Arbitraries.longs().between(-2 * 86_400, 2 * 86_400).map(Duration::ofSeconds);
    return Arbitraries.oneOf(edge, minutes, days);
  }

  /** Whole hours and quarters, where hours are mostly set, and any minute. */
  private static Arbitrary<Integer> minutes(int max) {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(0, max / 60).map(hour -> hour * 60),
        Arbitraries.integers().between(0, max / 15).map(quarter -> quarter * 15),
        Arbitraries.integers().between(0, max));
  }

  private static List<Instant> changes(ZoneId zone) {
    return CHANGES.computeIfAbsent(zone, unseen -> changes(unseen.getRules()));
  }

  private static List<Instant> changes(ZoneRules rules) {
    List<Instant> changes = new ArrayList<>();
    ZoneOffsetTransition next = rules.nextTransition(Instant.ofEpochSecond(FIRST_SECOND));
    while (next != null && next.getInstant().isBefore(LAST_CHANGE)) {
      changes.add(next.getInstant());
      next = rules.nextTransition(next.getInstant());
    }
    return changes;
  }
}
