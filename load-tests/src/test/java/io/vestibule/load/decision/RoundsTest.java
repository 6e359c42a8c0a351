package io.vestibule.load.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RoundsTest {
  private final Rounds rounds = new Rounds();

  @Test
  void theRatio_isTheMedianOfTheRounds_notTheRatioOfMedians() {
    rounds.add(20, 22);
    rounds.add(40, 44);
    rounds.add(25, 100);

    assertThat(rounds.ratio()).isCloseTo(1.1, within(1e-9));
    assertThat(rounds.baseline()).isEqualTo(25);
    assertThat(rounds.subject()).isEqualTo(44);
  }

  @Test
  void anEvenCount_hasItsMedianInTheMiddle() {
    rounds.add(10, 10);
    rounds.add(10, 30);

    assertThat(rounds.ratio()).isEqualTo(2);
  }

  @Test
  void valuesInTurn_arePaired_theBaselineFirst() {
    Rounds paired = Rounds.of(List.of(10.0, 11.0, 20.0, 22.0, 30.0));

    assertThat(paired.baseline()).isEqualTo(15);
    assertThat(paired.ratio()).isCloseTo(1.1, within(1e-9));
  }

  @Test
  void noRound_isNoNumber() {
    assertThat(rounds.ratio()).isNaN();
  }
}
