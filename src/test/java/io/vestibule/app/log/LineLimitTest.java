package io.vestibule.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.testing.SimTime;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LineLimitTest {
  private final SimTime time = new SimTime();
  private final LineLimit limit = new LineLimit(time);

  @Test
  void sourceThatSaysTooMuch_isCutOff_andWhatWasLeftOutIsTold() {
    for (int line = 0; line < LineLimit.LINES_MAX; line++) {
      assertThat(limit.admit("a")).isEqualTo(OptionalLong.of(0));
    }
    assertThat(limit.admit("a")).isEmpty();
    assertThat(limit.admit("a")).isEmpty();
    assertThat(limit.admit("b")).as("another source").isEqualTo(OptionalLong.of(0));

    time.advance(LineLimit.STRETCH);

    assertThat(limit.admit("a")).isEqualTo(OptionalLong.of(2));
    assertThat(limit.admit("a")).as("told once").isEqualTo(OptionalLong.of(0));
  }

  @Test
  void whatIsUntoldAtTheEnd_isToldOnce() {
    for (int line = 0; line < LineLimit.LINES_MAX + 3; line++) {
      limit.admit("a");
    }

    assertThat(limit.untold()).isEqualTo(Map.of("a", 3L));
    assertThat(limit.untold()).isEmpty();
  }

  @Test
  void sourcesWithoutEnd_shareOne() {
    for (int source = 0; source < 1_000; source++) {
      limit.admit("source-" + source);
    }
    for (int source = 0; source < LineLimit.LINES_MAX; source++) {
      assertThat(limit.admit("more-" + source)).isPresent();
    }

    assertThat(limit.admit("one more")).isEmpty();
  }
}
