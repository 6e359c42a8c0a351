package io.vestibule.load.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.load.stage.Target;
import org.junit.jupiter.api.Test;

final class SpendingTest {
  @Test
  void theMostThatWasResident_isNoLessThanWhatIs() throws Exception {
    Target.Part own = new Target.Part("own", ProcessHandle.current().pid());

    double before = Spending.residentMib(own);

    assertThat(before).isPositive();
    assertThat(Spending.residentMostMib(own)).isGreaterThanOrEqualTo(before);
  }
}
