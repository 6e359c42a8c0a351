package io.vestibule.load.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SeenUnlocksTest {
  @Test
  void each_isNewOnce_alsoAmongMany() {
    SeenUnlocks seen = new SeenUnlocks();

    for (int number = 0; number < 200_000; number++) {
      assertThat(seen.add("unlock-" + number)).isTrue();
    }
    for (int number = 0; number < 200_000; number += 999) {
      assertThat(seen.add("unlock-" + number)).isFalse();
    }
  }
}
