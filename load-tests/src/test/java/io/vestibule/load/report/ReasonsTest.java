package io.vestibule.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReasonsTest {
  @Test
  void eachReason_isAFigure_inTheirOrder() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("no answer", 2);
    counts.put("door_offline", 1);
    Reasons reasons = new Reasons(counts);

    assertThat(reasons.sum()).isEqualTo(3);
    assertThat(reasons.figures("failures", why -> new Figure.Subject("unlocks", "failed: " + why)))
        .containsExactly(
            new Figure.Subject("unlocks", "failed: no answer").figure("failures", "", 2),
            new Figure.Subject("unlocks", "failed: door_offline").figure("failures", "", 1));
  }
}
