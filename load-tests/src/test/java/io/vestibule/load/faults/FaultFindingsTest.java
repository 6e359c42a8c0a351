package io.vestibule.load.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Judge;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FaultFindingsTest {
  private static final Evidence NOTHING =
      new Evidence(List.of(), List.of(), List.of(), List.of(), List.of());

  @Test
  void couriersWhoDidNotCome_areCounted() {
    assertThat(figures(3, Map.of()))
        .filteredOn(figure -> figure.subject().name().startsWith("couriers who did not come"))
        .singleElement()
        .extracting(Figure::value)
        .isEqualTo(3.0);
  }

  @Test
  void aRunInWhichNothingHappened_isMissed() {
    assertThat(missed(figures(0, Map.of())))
        .containsExactly("faults", "couriers' requests", "answers", "openings", "audit records");
  }

  @Test
  void aWaitInVain_isMissed_andNamed() {
    List<Figure> figures = figures(0, Map.of("not within 20 s: doors connect", 1));

    assertThat(missed(figures)).contains("waits in vain");
    assertThat(figures)
        .filteredOn(figure -> figure.subject().name().equals("not within 20 s: doors connect"))
        .hasSize(1);
  }

  @Test
  void theSeed_isSaid() {
    assertThat(figures(0, Map.of()).get(0).subject().section()).contains("--seed 4711");
  }

  @Test
  void whatDidNotBreak_isSaid() {
    assertThat(Faults.leftOut(List.of(FaultKind.values()))).isEmpty();
    assertThat(Faults.leftOut(List.of(FaultKind.LINE_CUT)))
        .hasSize(FaultKind.values().length - 1)
        .contains("gateway drained", "redis disk full");
  }

  private static List<Figure> figures(int turnedAwayCount, Map<String, Integer> waitsInVain) {
    FaultFindings.Course course =
        new FaultFindings.Course(4_711, List.of(), turnedAwayCount, waitsInVain);
    return new FaultFindings(course, NOTHING, List.of()).figures();
  }

  private static List<String> missed(List<Figure> figures) {
    return new Judge(false)
        .missed(figures).stream().map(figure -> figure.subject().name()).toList();
  }
}
