package io.vestibule.load.unlock;

import io.vestibule.load.metrics.Change;
import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Chart;
import io.vestibule.load.report.Charts;
import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Latencies;
import io.vestibule.load.report.Reasons;
import io.vestibule.load.traffic.Stretch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What the gateway did, beside the comparison stack and the floor where those were measured. */
record UnlockFindings(
    UnlockPlan plan, Measured gateway, Optional<Measured> peer, Optional<Measured> floor) {
  private static final double P50_MS_MAX = 0.4;
  private static final double P99_MS_MAX = 2;
  private static final double GATEWAY_MICROS_MAX = 70;
  private static final double VERIFY_MICROS_MAX = 40;
  private static final double ALLOCATED_KB_MAX = 6;
  private static final double RESIDENT_MB_MAX = 600;
  private static final double BYTES_PER_KB = 1_000;
  private static final String INSIDE = "Inside the gateway";

  List<Figure> figures() {
    Optional<FloorFindings> beside = floor.map(other -> new FloorFindings(gateway, other));
    List<Figure> figures = new ArrayList<>(steady());
    figures.addAll(
        TargetFigures.highest("Highest rate with p99 ≤ 10 ms and no failure", gateway, true));
    figures.addAll(TargetFigures.sustained("the gateway", gateway));
    figures.addAll(Costs.ofGateway(gateway, Bound.timing(GATEWAY_MICROS_MAX)).figures());
    beside.ifPresent(findings -> figures.addAll(findings.unavoidable()));
    figures.addAll(inside());
    figures.addAll(commands());
    peer.ifPresent(other -> figures.addAll(new PeerFindings(gateway, other).figures()));
    beside.ifPresent(findings -> figures.addAll(findings.figures()));
    return figures;
  }

  List<Chart> charts() {
    Map<String, Latencies> named = new LinkedHashMap<>();
    named.putAll(latencies("", gateway));
    peer.ifPresent(other -> named.putAll(latencies("peer at ", other)));
    floor.ifPresent(other -> named.putAll(latencies("floor at ", other)));
    List<Chart> charts = new ArrayList<>();
    charts.add(Charts.percentiles("Unlocks, from when each was due", named));
    charts.addAll(new ByRate(gateway.tried(), tried(peer), tried(floor)).charts());
    List<Stretch> last = gateway.steady().stretches();
    charts.addAll(
        last.get(last.size() - 1).tally().overTime().charts("Last repeat of the steady rate"));
    return charts;
  }

  private static Map<String, Latencies> latencies(String prefix, Measured measured) {
    Map<String, Latencies> named = new LinkedHashMap<>();
    for (Runs runs : List.of(measured.steady(), measured.highest().confirmed())) {
      named.put(prefix + TargetFigures.rate(runs), runs.latencies());
    }
    return named;
  }

  private static List<Tried> tried(Optional<Measured> measured) {
    return measured.map(Measured::tried).orElse(List.of());
  }

  private List<Figure> steady() {
    String section =
        String.format(
            Locale.ROOT,
            "%,d/s over %,d doors, medians of %d; a warm-up of %d s does not count",
            plan.rate(),
            plan.doors(),
            plan.repeats(),
            plan.pace().warmUp().toSeconds());
    List<Figure> figures = new ArrayList<>();
    Runs runs = gateway.steady();
    Figure.Subject subject = new Figure.Subject(section, "unlocks");
    figures.add(subject.figure("p50", "ms", runs.percentileMs(50), Bound.timing(P50_MS_MAX)));
    figures.add(subject.figure("p99", "ms", runs.percentileMs(99), Bound.timing(P99_MS_MAX)));
    figures.add(subject.figure("p99.9", "ms", runs.percentileMs(99.9)));
    figures.add(subject.figure("max of all", "ms", runs.latencies().percentileMs(100)));
    figures.addAll(TargetFigures.failures(subject, runs));
    return figures;
  }

  /** Its memory, and what its own metrics say: as far as either is told. */
  private List<Figure> inside() {
    List<Figure> figures = new ArrayList<>();
    if (gateway.steady().stretches().stream().allMatch(run -> run.change().isPresent())) {
      figures.addAll(metrics(gateway.steady()));
    }
    if (!Double.isNaN(gateway.residentMb())) {
      figures.add(
          new Figure.Subject(INSIDE, "resident memory")
              .figure("most", "MB", gateway.residentMb(), Bound.timing(RESIDENT_MB_MAX)));
    }
    return figures;
  }

  private static List<Figure> metrics(Runs runs) {
    double verify = runs.median(stretch -> of(stretch, change -> change.stageMicros("verify")));
    double allocated =
        runs.median(
            stretch ->
                of(stretch, Change::allocatedBytes) / stretch.tally().openedCount() / BYTES_PER_KB);
    return List.of(
        new Figure.Subject(
                INSIDE, "verification, wall time of its stage, " + TargetFigures.rate(runs))
            .figure("each", "µs", verify, Bound.timing(VERIFY_MICROS_MAX)),
        new Figure.Subject(INSIDE, "allocation, " + TargetFigures.rate(runs))
            .figure("each", "KB", allocated, Bound.timing(ALLOCATED_KB_MAX)));
  }

  private List<Figure> commands() {
    Reasons wrong = new Reasons(gateway.commandFaults());
    List<Figure> figures = new ArrayList<>();
    String section = "Commands to doors (each door may be opened 6,000 times a minute)";
    figures.add(
        new Figure.Subject(section, "for another door, given twice, or badly signed")
            .figure("count", "", wrong.sum(), Bound.exact(0)));
    figures.addAll(wrong.figures("count", kind -> new Figure.Subject(section, kind)));
    figures.add(
        new Figure.Subject(section, "of which the signature was verified")
            .figure("count", "", gateway.verifiedCount(), Bound.exactAtLeast(1)));
    figures.add(
        new Figure.Subject(section, "unlocks without one, or the other way round")
            .figure("count", "", gateway.steady().unmatchedCount(), Bound.exact(0)));
    return figures;
  }

  private static double of(Stretch stretch, ToDoubleFunction<Change> value) {
    return stretch.change().map(value::applyAsDouble).orElse(Double.NaN);
  }
}
