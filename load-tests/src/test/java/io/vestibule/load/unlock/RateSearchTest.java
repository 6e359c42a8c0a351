package io.vestibule.load.unlock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RateSearchTest {
  @ParameterizedTest
  @ValueSource(doubles = {25, 999, 2_000, 2_001, 8_765, 19_000})
  void theHighest_isFoundWithinFivePerCent(double capacity) {
    RateSearch search = new RateSearch(20, 2_000, 20_000);

    List<Double> tried = play(search, capacity);

    assertThat(search.found()).isBetween(capacity / 1.051, capacity);
    assertThat(tried).hasSizeLessThan(UnlockPlan.Pace.FULL.stepsMax());
  }

  @Test
  void whatNeverBreaks_isTheGreatest() {
    RateSearch search = new RateSearch(20, 2_000, 20_000);

    List<Double> tried = play(search, 1e9);

    assertThat(search.found()).isEqualTo(20_000);
    assertThat(tried).last().isEqualTo(20_000.0);
  }

  @Test
  void whatAlwaysBreaks_isNone_andNothingBelowTheLeastIsTried() {
    RateSearch search = new RateSearch(20, 2_000, 20_000);

    List<Double> tried = play(search, 1);

    assertThat(search.found()).isZero();
    assertThat(tried).allMatch(rate -> rate >= 20).contains(2_000.0, 1_000.0);
  }

  @Test
  void theFirst_isNoneAboveTheGreatest_orBelowTheLeast() {
    assertThat(play(new RateSearch(20, 2_000, 600), 1e9)).containsExactly(600.0);
    assertThat(play(new RateSearch(20, 2, 600), 1)).containsExactly(20.0);
  }

  private static List<Double> play(RateSearch search, double capacity) {
    List<Double> tried = new ArrayList<>();
    OptionalDouble next = search.next();
    while (next.isPresent() && tried.size() < 100) {
      tried.add(next.getAsDouble());
      search.tried(next.getAsDouble() <= capacity);
      next = search.next();
    }
    return tried;
  }
}
