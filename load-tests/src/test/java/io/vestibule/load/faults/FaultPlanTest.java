package io.vestibule.load.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FaultPlanTest {
  private static final List<FaultKind> KINDS = List.of(FaultKind.values());

  @Test
  void everyKindComesOnce_beforeAnyComesAgain() {
    FaultPlan plan = new FaultPlan(7, KINDS, 2, false);

    for (int round = 0; round < 3; round++) {
      assertThat(Stream.generate(plan::next).limit(KINDS.size()).map(Fault::kind))
          .containsExactlyInAnyOrderElementsOf(KINDS);
    }
  }

  @Test
  void aSeed_drawsTheSameFaultsAgain_andAnotherOneOthers() {
    assertThat(drawn(7)).isEqualTo(drawn(7)).isNotEqualTo(drawn(8));
  }

  private static List<Fault> drawn(long seed) {
    return Stream.generate(new FaultPlan(seed, KINDS, 2, true)::next).limit(20).toList();
  }
}
