package io.vestibule.load.unlock;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.load.stage.Progress;
import io.vestibule.load.traffic.Arrivals;
import io.vestibule.load.traffic.Stretch;
import io.vestibule.load.traffic.Tallies;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DrivenTest {
  private static final UnlockPlan PLAN =
      new UnlockPlan(40, 1_000, 5, true, true, false, UnlockPlan.Pace.FULL, Optional.empty());

  @Test
  void noStepAndNoRepeat_hasTheArrivalsOfAnother() throws Exception {
    List<String> arrivals = new ArrayList<>();
    Driven driven = driven(arrivals);

    Runs.run(driven, 1_000, Duration.ofSeconds(10), 5);
    Highest.find(driven, PLAN, 100, 1_000);
    Highest.find(driven, PLAN, 10, 1_000);

    assertThat(arrivals).hasSizeGreaterThan(20).doesNotHaveDuplicates();
  }

  @Test
  void twoTargets_haveTheSame() throws Exception {
    List<String> ofOne = new ArrayList<>();
    List<String> ofOther = new ArrayList<>();

    Runs.run(driven(ofOne), 500, Duration.ofSeconds(10), 3);
    Runs.run(driven(ofOther), 500, Duration.ofSeconds(10), 3);

    assertThat(ofOne).isEqualTo(ofOther);
  }

  /** It keeps every bound, and notes how each phase begins. */
  private static Driven driven(List<String> arrivals) {
    return new Driven(
        "gateway",
        phase -> {
          arrivals.add(shape(phase.arrivals()));
          return stretch(2);
        },
        new Progress(new PrintWriter(new StringWriter())));
  }

  /** How the first arrivals lie, whatever the rate is. */
  private static String shape(Arrivals arrivals) {
    double first = arrivals.next();
    return "%.3f %.3f".formatted(arrivals.next() / first, arrivals.next() / first);
  }

  private static Stretch stretch(long ms) {
    return new Stretch(Tallies.opened(10, ms), Map.of(), 0, Optional.empty(), 10);
  }
}
