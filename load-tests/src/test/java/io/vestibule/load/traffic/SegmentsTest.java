package io.vestibule.load.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.load.stage.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SegmentsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final long SECOND = 1_000_000_000;
  private static final double PER_SECOND = 4;

  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  @Test
  void aPhase_comesInPartsOf20Seconds_withEachArrivalOnce() throws Exception {
    List<Long> due = new ArrayList<>();
    try (Segments segments = segments(45, 20)) {
      segments.begin(failures::add);
      for (int part = 0; part < 3; part++) {
        assertThat(segments.allTaken()).isFalse();
        try (Segment segment = next(segments)) {
          long from = 20L * part * SECOND;
          long until = Math.min(45, 20L * (part + 1)) * SECOND;
          for (int index = 0; index < segment.count(); index++) {
            assertThat(segment.due(index)).isBetween(from, until - 1);
            due.add(segment.due(index));
          }
        }
      }
      assertThat(segments.allTaken()).isTrue();
      assertThat(segments.poll()).isNull();
    }

    assertThat(due).isEqualTo(arrivals(45, PER_SECOND)).isSorted();
    assertThat(failures).isEmpty();
  }

  @Test
  void onlyOnePart_isSignedAhead() throws Exception {
    // So few that a part too many would be signed long before the look for it ends.
    double perSecond = 0.2;
    int twoParts = arrivals(40, perSecond).size();
    Itinerary itinerary = itinerary(20);
    try (Segments segments = segments(60, perSecond, itinerary)) {
      segments.begin(failures::add);
      next(segments).close();
      assertThat(Waiting.until(LIMIT, () -> itinerary.advance(0) >= twoParts)).isTrue();
      assertThat(Waiting.until(Duration.ofMillis(100), () -> itinerary.advance(0) > twoParts))
          .isFalse();

      next(segments).close();
      assertThat(Waiting.until(LIMIT, () -> itinerary.advance(0) > twoParts)).isTrue();
    }
  }

  @Test
  void aPartThatIsNotSigned_isNotThere_andDoesNotEndThePhase() throws Exception {
    try (Segments segments = segments(45, 20)) {
      next(segments).close();

      assertThat(segments.poll()).isNull();
      assertThat(segments.allTaken()).isFalse();
    }
  }

  @Test
  void aSigningThatFails_isTold() throws Exception {
    // One grant is for a hundred openings, which the second part takes more of than are left.
    try (Segments segments = segments(45, 1)) {
      segments.begin(failures::add);
      next(segments).close();

      assertThat(Waiting.until(LIMIT, () -> !failures.isEmpty())).isTrue();
      assertThat(failures.get(0)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void whateverEndsTheSigning_isTold() throws Exception {
    Arrivals broken = new Arrivals(SegmentsTest::untilSecond25, 1);
    try (Segments segments =
        new Segments(new Traffic.Phase(Duration.ofSeconds(45), broken), itinerary(20))) {
      segments.begin(failures::add);

      assertThat(Waiting.until(LIMIT, () -> !failures.isEmpty())).isTrue();
      assertThat(failures.get(0)).hasMessage("a bug");
    }
  }

  private static double untilSecond25(double second) {
    if (second > 25) {
      throw new AssertionError("a bug");
    }
    return PER_SECOND;
  }

  /** With grants for so many hundreds of requests. */
  private static Segments segments(int seconds, int grants) {
    return segments(seconds, PER_SECOND, itinerary(grants));
  }

  private static Segments segments(int seconds, double perSecond, Itinerary itinerary) {
    return new Segments(Traffic.Phase.steady(Duration.ofSeconds(seconds), perSecond, 1), itinerary);
  }

  private static Itinerary itinerary(int grants) {
    return new Itinerary(new City(new City.Size(1, 1, grants)), 1);
  }

  private static List<Long> arrivals(int seconds, double perSecond) {
    Arrivals arrivals = Arrivals.steady(perSecond, 1);
    List<Long> due = new ArrayList<>();
    for (long next = arrivals.next(); next < seconds * SECOND; next = arrivals.next()) {
      due.add(next);
    }
    return due;
  }

  private static Segment next(Segments segments) throws Exception {
    AtomicReference<@Nullable Segment> next = new AtomicReference<>();
    assertThat(
            Waiting.until(
                LIMIT,
                () -> {
                  next.set(segments.poll());
                  return next.get() != null;
                }))
        .isTrue();
    return Objects.requireNonNull(next.get());
  }
}
