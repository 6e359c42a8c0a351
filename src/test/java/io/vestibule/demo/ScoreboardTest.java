package io.vestibule.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScoreboardTest {
  private final Scoreboard board = new Scoreboard();

  @Test
  void sameUnlockHeardTwice_countsAsOneOpening() {
    board.heard("door-1", opened("u1"));
    board.heard("door-1", opened("u1"));
    board.heard("door-1", opened("u2"));
    board.heard("door-1", Answer.atTheDoor("opened", Optional.empty()));

    assertThat(board.tally().openedCount()).isEqualTo(3);
    assertThat(board.opened("door-1")).containsExactlyInAnyOrder("u1", "u2");
    assertThat(board.openedAtTheDoorCount("door-1")).isEqualTo(1);
    assertThat(board.tally().refusedCount()).isZero();
  }

  @Test
  void refusals_areCounted_andTheLastAreKeptWithTheirReason() {
    for (int index = 1; index <= 7; index++) {
      board.heard("door-" + index, new Answer(423, "lockdown", Optional.empty(), false));
    }

    assertThat(board.tally().refusedCount()).isEqualTo(7);
    assertThat(board.tally().lastRefusals())
        .hasSize(5)
        .first()
        .asString()
        .contains("door-3")
        .contains("423 lockdown");
  }

  @Test
  void roundTrips_makePercentiles() {
    for (int ms = 1; ms <= 100; ms++) {
      board.ordinary(opened("u" + ms), Duration.ofMillis(ms));
    }

    Scoreboard.RoundTrip trip = board.tally().roundTrip();
    assertThat(trip.p50Ms()).isCloseTo(50, within(0.1));
    assertThat(trip.p99Ms()).isCloseTo(99, within(0.1));
    assertThat(trip.maxMs()).isCloseTo(100, within(0.1));
    assertThat(board.tally().ordinaryOpenedCount()).isEqualTo(100);
  }

  @Test
  void sceneThatWentOtherwise_isUnexpected() {
    board.played(new Played("a", "200 opened", "200 opened"));
    board.played(new Played("b", "200 opened", "503 door_offline"));

    assertThat(board.tally().unexpectedCount()).isEqualTo(1);
  }

  private static Answer opened(String unlock) {
    return new Answer(200, "opened", Optional.of(unlock), false);
  }
}
