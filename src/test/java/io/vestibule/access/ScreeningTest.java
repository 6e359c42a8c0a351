package io.vestibule.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ScreeningTest {
  private static final Instant NOON = Instant.parse("2026-06-03T12:00:00.123456789Z");

  @Test
  void screening_holdsUntilItsEnd_exclusive() {
    Screening screening = new Screening(Screening.Result.PASSED, Optional.of(NOON));
    assertThat(screening.holdsAt(NOON.minusMillis(1))).isTrue();
    assertThat(screening.holdsAt(NOON.minusNanos(1))).isTrue();
    assertThat(screening.holdsAt(NOON)).isFalse();
  }

  @Test
  void screeningWithoutAnEnd_neverHolds() {
    Screening endless = new Screening(Screening.Result.PASSED, Optional.empty());
    assertThat(endless.holdsAt(NOON)).isFalse();
    assertThat(endless.holdsAt(Instant.MIN)).isFalse();
  }

  @Test
  void checkThatDidNotPass_neverHolds() {
    Optional<Instant> later = Optional.of(NOON.plusSeconds(9));
    assertThat(new Screening(Screening.Result.PENDING, later).holdsAt(NOON)).isFalse();
    assertThat(new Screening(Screening.Result.FAILED, later).holdsAt(NOON)).isFalse();
  }

  @Test
  void end_isGivenBack_toTheNanosecond() {
    assertThat(new Screening(Screening.Result.PENDING, Optional.of(NOON)).expiresAt())
        .hasValue(NOON);
    assertThat(new Screening(Screening.Result.PENDING, Optional.empty()).expiresAt()).isEmpty();
  }
}
