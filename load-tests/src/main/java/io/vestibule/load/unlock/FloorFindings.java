package io.vestibule.load.unlock;

import io.vestibule.load.report.Figure;
import io.vestibule.load.stage.Target;
import io.vestibule.load.traffic.Stretch;
import java.util.ArrayList;
import java.util.List;

/**
 * What the input and output of an unlock cost alone, and the gateway held against that.
 *
 * @param floor measured at the gateway's steady rate, and at the one that the gateway sustains
 */
record FloorFindings(Measured gateway, Measured floor) {
  private static final String SECTION =
      "The floor: the input and output of an unlock, with no check and no logic";

  /** One rate that both were measured at. */
  private record Pair(Runs gateway, Runs floor) {
    String rate() {
      return TargetFigures.rate(floor);
    }
  }

  /** Beside what the gateway costs. */
  List<Figure> unavoidable() {
    return pairs().stream().map(FloorFindings::unavoidable).toList();
  }

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    pairs().forEach(pair -> figures.addAll(row("at " + pair.rate(), pair.floor())));
    figures.addAll(row("sustained, p99 ≤ 100 ms", floor.sustained()));
    figures.addAll(row("highest, p99 ≤ 10 ms", floor.highest()));
    pairs().forEach(pair -> figures.addAll(ratios(pair)));
    figures.add(
        subject("sustained rate of the gateway by the floor's")
            .figure("ratio", "", TargetFigures.ratio(gateway.sustained(), floor.sustained())));
    figures.add(
        subject("highest rate of the gateway by the floor's")
            .figure("ratio", "", TargetFigures.ratio(gateway.highest(), floor.highest())));
    return figures;
  }

  /** One where the gateway sustains its steady rate and no more. */
  private List<Pair> pairs() {
    Pair steady = new Pair(gateway.steady(), floor.steady());
    Pair shared = new Pair(gateway.sustained().confirmed(), floor.shared());
    return steady.rate().equals(shared.rate()) ? List.of(steady) : List.of(steady, shared);
  }

  private static Figure unavoidable(Pair pair) {
    String name =
        "gateway at %s, of which no program on this machine avoids".formatted(pair.rate());
    return new Figure.Subject(Costs.SECTION, name)
        .figure("processor", "µs", pair.floor().micros(Target.FLOOR));
  }

  private static List<Figure> row(String name, Highest found) {
    List<Figure> figures = new ArrayList<>();
    figures.add(subject(name).figure("rate", "/s", found.rate()));
    figures.addAll(row(TargetFigures.at(subject(name), found).name(), found.confirmed()));
    return figures;
  }

  private static List<Figure> row(String name, Runs runs) {
    Figure.Subject subject = subject(name);
    List<Figure> figures = new ArrayList<>();
    figures.add(subject.figure("p50", "ms", runs.percentileMs(50)));
    figures.add(subject.figure("p99", "ms", runs.percentileMs(99)));
    figures.add(subject.figure("processor", "µs", runs.micros(Target.FLOOR)));
    figures.add(subject.figure("Redis", "µs", runs.micros(Target.REDIS)));
    figures.add(subject.figure("generator", "µs", runs.median(Stretch::generatorMicros)));
    figures.addAll(TargetFigures.failures(subject, runs));
    return figures;
  }

  private static List<Figure> ratios(Pair pair) {
    Runs gateway = pair.gateway();
    Runs floor = pair.floor();
    return List.of(
        subject("processor time of the gateway by the floor's at " + pair.rate())
            .figure("ratio", "", gateway.micros(Target.GATEWAY) / floor.micros(Target.FLOOR)),
        subject("the same, Redis included, at " + pair.rate())
            .figure("ratio", "", gateway.microsInAll() / floor.microsInAll()));
  }

  private static Figure.Subject subject(String name) {
    return new Figure.Subject(SECTION, name);
  }
}
