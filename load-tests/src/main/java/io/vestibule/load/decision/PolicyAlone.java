package io.vestibule.load.decision;

import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Figure;
import io.vestibule.load.stage.CannotRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The decision on a proven request, and how it grows. */
final class PolicyAlone {
  private static final String LOOKED_UP =
      "Looked up in the near cache and decided, 1,024 visits in turn";
  private static final String READY = "Policy.decide on ready facts";
  private static final Bound P50_NS = Bound.timing(500);
  private static final Bound BYTES = Bound.exact(64);
  private static final int VISITS = 1_024;
  private static final int VISITS_EVERYWHERE = 1 << 20;

  private final Jmh jmh;
  private final Jmh.Effort effort;

  PolicyAlone(Jmh jmh, Jmh.Effort effort) {
    this.jmh = jmh;
    this.effort = effort;
  }

  List<Figure> figures(List<TownSize> towns) throws CannotRun {
    String names = towns.stream().map(TownSize::name).collect(Collectors.joining(","));
    Jmh.Results results =
        jmh.run(
            "policy",
            effort,
            new Jmh.Choice("PolicyBenchmark", Map.of("size", names, "visitCount", "" + VISITS)));
    List<Figure> figures = new ArrayList<>();
    double first = lookedUp(results, towns.get(0));
    for (TownSize town : towns) {
      double p50 = lookedUp(results, town);
      Figure.Subject subject = new Figure.Subject(LOOKED_UP, town.title());
      figures.add(subject.figure("p50", "ns", p50, P50_NS));
      figures.add(subject.figure("to the first", "", p50 / first));
    }
    if (towns.contains(TownSize.MILLION_DOORS)) {
      figures.add(everywhere());
    }
    for (TownSize town : towns) {
      JmhResult decided = results.of("decide", Map.of("size", town.name()));
      Figure.Subject subject = new Figure.Subject(READY, town.title());
      figures.add(subject.figure("mean", "ns", decided.mean()));
      figures.add(subject.figure("allocated", "bytes", decided.bytes(), BYTES));
    }
    return figures;
  }

  /**
   * Each visit is another door's: what is read comes from main memory, and so does the question.
   */
  private Figure everywhere() throws CannotRun {
    Map<String, String> params =
        Map.of("size", TownSize.MILLION_DOORS.name(), "visitCount", "" + VISITS_EVERYWHERE);
    double p50 =
        jmh.run(
                "policy-everywhere",
                effort,
                new Jmh.Choice("PolicyBenchmark.lookUpAndDecide", params))
            .of("lookUpAndDecide", params)
            .p50();
    return new Figure.Subject(LOOKED_UP, "the same, 1,048,576 visits in turn")
        .figure("p50", "ns", p50);
  }

  private static double lookedUp(Jmh.Results results, TownSize town) throws CannotRun {
    return results.of("lookUpAndDecide", Map.of("size", town.name())).p50();
  }
}
