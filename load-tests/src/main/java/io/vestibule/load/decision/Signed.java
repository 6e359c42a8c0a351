package io.vestibule.load.decision;

import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Figure;
import io.vestibule.load.stage.CannotRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From a request's bytes to the decision, beside the provider's own verification alone. */
final class Signed {
  private static final String SECTION = "From bytes to decision, 1,024 couriers in turn";
  private static final Bound RATIO = Bound.timing(1.15);
  private static final List<String> ALGORITHMS = List.of("EDDSA", "ES256");
  private static final double NANOS_PER_MICRO = 1e3;

  private final Jmh jmh;

  Signed(Jmh jmh) {
    this.jmh = jmh;
  }

  List<Figure> figures(Jmh.Effort effort) throws CannotRun {
    Jmh.Results results =
        jmh.run("signed", effort, new Jmh.Choice("SignedDecisionBenchmark", Map.of()));
    List<Figure> figures = new ArrayList<>();
    for (String algorithm : ALGORITHMS) {
      JmhResult inTurn = results.of("inTurn", Map.of("algorithm", algorithm));
      figures.addAll(figures(algorithm, Rounds.of(inTurn.iterationP50s())));
    }
    return figures;
  }

  private static List<Figure> figures(String algorithm, Rounds rounds) {
    Figure.Subject subject =
        new Figure.Subject(SECTION, algorithm.equals("EDDSA") ? "EdDSA" : algorithm);
    return List.of(
        subject.figure("verify alone p50", "µs", rounds.baseline() / NANOS_PER_MICRO),
        subject.figure("decision p50", "µs", rounds.subject() / NANOS_PER_MICRO),
        subject.figure("ratio", "", rounds.ratio(), RATIO));
  }
}
