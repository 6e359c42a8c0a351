package io.vestibule.load.decision;

import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Figure;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From a request's bytes to the decision, beside the provider's own verification alone. */
final class Signed {
  private static final String SECTION = "From bytes to decision, 1,024 couriers in turn";
  private static final Bound RATIO = Bound.timing(1.15);
  private static final List<String> ALGORITHMS = List.of("EDDSA", "ES256");
  private static final double NANOS_PER_MICRO = 1e3;

  private final Jmh jmh;
  private final Progress progress;

  Signed(Jmh jmh, Progress progress) {
    this.jmh = jmh;
    this.progress = progress;
  }

  List<Figure> figures(int roundCount) throws CannotRun {
    Map<String, Rounds> byAlgorithm = new LinkedHashMap<>();
    ALGORITHMS.forEach(algorithm -> byAlgorithm.put(algorithm, new Rounds()));
    for (int round = 1; round <= roundCount; round++) {
      progress.say("decisions with their signature, round %d of %d".formatted(round, roundCount));
      Jmh.Results results = jmh.run("signed-" + round, "SignedDecisionBenchmark", Map.of());
      for (Map.Entry<String, Rounds> entry : byAlgorithm.entrySet()) {
        Map<String, String> params = Map.of("algorithm", entry.getKey());
        entry
            .getValue()
            .add(
                results.of("verifyAlone", params).p50(),
                results.of("decideFromBytes", params).p50());
      }
    }
    List<Figure> figures = new ArrayList<>();
    byAlgorithm.forEach((algorithm, rounds) -> figures.addAll(figures(algorithm, rounds)));
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
