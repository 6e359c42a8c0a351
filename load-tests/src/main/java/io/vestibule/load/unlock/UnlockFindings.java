package io.vestibule.load.unlock;

import io.vestibule.load.metrics.Change;
import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Chart;
import io.vestibule.load.report.Charts;
import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Latencies;
import io.vestibule.load.report.Measure;
import io.vestibule.load.report.Reasons;
import io.vestibule.load.stage.Target;
import io.vestibule.load.traffic.Stretch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What the gateway did, beside the comparison stack where that was measured. */
record UnlockFindings(UnlockPlan plan, Measured gateway, Optional<Measured> peer) {
  private static final double P50_MS_MAX = 0.4;
  private static final double P99_MS_MAX = 2;
  private static final double RATE_MIN = 8_000;
  private static final double RATE_RATIO_MIN = 10;
  private static final double COST_RATIO_MIN = 7;
  private static final double GATEWAY_MICROS_MAX = 70;
  private static final double VERIFY_MICROS_MAX = 40;
  private static final double ALLOCATED_KB_MAX = 6;
  private static final double RESIDENT_MB_MAX = 600;
  private static final double BYTES_PER_KB = 1_000;
  private static final String COST = "Cost of an unlock";
  private static final String INSIDE = "Inside the gateway";

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>(steady());
    figures.addAll(highest("Highest rate with p99 ≤ 10 ms and no failure", gateway, true));
    figures.addAll(sustained("the gateway", gateway));
    figures.addAll(cost("the gateway", gateway, Optional.of(Bound.timing(GATEWAY_MICROS_MAX))));
    figures.addAll(inside());
    figures.addAll(commands());
    peer.ifPresent(other -> figures.addAll(compared(other)));
    return figures;
  }

  List<Chart> charts() {
    Map<String, Latencies> named = new LinkedHashMap<>();
    named.put(rate(gateway.steady()), gateway.steady().latencies());
    named.put(rate(gateway.highest().confirmed()), gateway.highest().confirmed().latencies());
    peer.ifPresent(
        other -> {
          named.put("peer at " + rate(other.steady()), other.steady().latencies());
          named.put(
              "peer at " + rate(other.highest().confirmed()),
              other.highest().confirmed().latencies());
        });
    List<Chart> charts = new ArrayList<>();
    charts.add(Charts.percentiles("Unlocks, from when each was due", named));
    List<Tried> ofPeer = peer.map(Measured::tried).orElse(List.of());
    charts.addAll(new ByRate(gateway.tried(), ofPeer).charts());
    List<Stretch> last = gateway.steady().stretches();
    charts.addAll(
        last.get(last.size() - 1).tally().overTime().charts("Last repeat of the steady rate"));
    return charts;
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
    figures.addAll(failures(subject, runs));
    return figures;
  }

  private static List<Figure> highest(String section, Measured measured, boolean bounded) {
    Runs runs = measured.highest().confirmed();
    Figure.Subject subject = new Figure.Subject(section, bounded ? "gateway" : "peer");
    double rate = measured.highest().rate();
    List<Figure> figures = new ArrayList<>();
    figures.add(
        bounded
            ? subject.figure("rate", "/s", rate, Bound.timingAtLeast(RATE_MIN))
            : subject.figure("rate", "/s", rate));
    figures.add(subject.figure("p50", "ms", runs.percentileMs(50)));
    figures.add(
        bounded
            ? subject.figure("p99", "ms", runs.percentileMs(99), Bound.timing(Highest.P99_MS_MAX))
            : subject.figure("p99", "ms", runs.percentileMs(99)));
    figures.addAll(failures(subject, runs));
    return figures;
  }

  private static List<Figure> sustained(String whose, Measured measured) {
    Figure.Subject subject =
        new Figure.Subject("Sustained rate, p99 ≤ 100 ms and no failure", whose);
    Runs runs = measured.sustained().confirmed();
    List<Figure> figures = new ArrayList<>();
    figures.add(subject.figure("rate", "/s", measured.sustained().rate()));
    figures.add(subject.figure("p50", "ms", runs.percentileMs(50)));
    figures.add(subject.figure("p99", "ms", runs.percentileMs(99)));
    figures.addAll(failures(subject, runs));
    return figures;
  }

  /** None where the other has no rate. */
  private static double ratio(Highest of, Highest by) {
    return by.kept() ? of.rate() / by.rate() : Double.NaN;
  }

  /** With a line for each reason, and how late the generator itself was. */
  private static List<Figure> failures(Figure.Subject subject, Runs runs) {
    List<Figure> figures = new ArrayList<>();
    figures.add(
        subject.figure(
            "generator late, p99",
            "ms",
            runs.median(stretch -> stretch.tally().lateness().percentileMs(99))));
    figures.add(subject.figure("failures", "", runs.failureCount(), Bound.exact(0)));
    figures.addAll(
        new Reasons(runs.failures())
            .figures("failures", why -> new Figure.Subject(subject.section(), "failed: " + why)));
    return figures;
  }

  /** What is written together is written more cheaply: it falls with the rate. */
  private static List<Figure> cost(String whose, Measured measured, Optional<Bound> bound) {
    List<Figure> figures = new ArrayList<>();
    for (Runs runs :
        List.of(
            measured.steady(), measured.highest().confirmed(), measured.sustained().confirmed())) {
      figures.addAll(cost(runs, bound));
      figures.add(
          new Figure.Subject(COST, "the generator beside " + whose + " at " + rate(runs))
              .figure("processor", "µs", runs.median(Stretch::generatorMicros)));
    }
    return figures;
  }

  private static List<Figure> cost(Runs runs, Optional<Bound> ofGateway) {
    List<Figure> figures = new ArrayList<>();
    for (String process : runs.stretches().get(0).microsEach().keySet()) {
      figures.add(
          new Figure(
              new Figure.Subject(COST, process + " at " + rate(runs)),
              new Measure("processor", "µs"),
              runs.micros(process),
              process.equals(Target.GATEWAY) ? ofGateway : Optional.empty()));
    }
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
        new Figure.Subject(INSIDE, "verification, wall time of its stage, " + rate(runs))
            .figure("each", "µs", verify, Bound.timing(VERIFY_MICROS_MAX)),
        new Figure.Subject(INSIDE, "allocation, " + rate(runs))
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
            .figure("count", "", gateway.verifiedCount()));
    figures.add(
        new Figure.Subject(section, "unlocks without one, or the other way round")
            .figure("count", "", gateway.steady().unmatchedCount(), Bound.exact(0)));
    return figures;
  }

  private List<Figure> compared(Measured other) {
    List<Figure> figures = new ArrayList<>();
    String section = "Beside the peer";
    figures.addAll(highest(section, other, false));
    figures.addAll(sustained("the peer", other));
    figures.addAll(cost("the peer", other, Optional.empty()));
    figures.add(
        new Figure.Subject(section, "sustained rate of the gateway by the peer's")
            .figure("ratio", "", ratio(gateway.sustained(), other.sustained())));
    figures.add(
        new Figure.Subject(section, "highest rate of the gateway by the peer's")
            .figure(
                "ratio",
                "",
                ratio(gateway.highest(), other.highest()),
                Bound.timingAtLeast(RATE_RATIO_MIN)));
    figures.add(
        new Figure.Subject(section, "processor time of the peer by the gateway's, Redis included")
            .figure(
                "ratio",
                "",
                other.shared().microsInAll() / gateway.shared().microsInAll(),
                Bound.timingAtLeast(COST_RATIO_MIN)));
    figures.add(
        new Figure.Subject(section, "failures of both at " + rate(other.shared()))
            .figure(
                "count",
                "",
                other.shared().failureCount() + gateway.shared().failureCount(),
                Bound.exact(0)));
    return figures;
  }

  private static double of(Stretch stretch, ToDoubleFunction<Change> value) {
    return stretch.change().map(value::applyAsDouble).orElse(Double.NaN);
  }

  private static String rate(Runs runs) {
    return String.format(Locale.ROOT, "%,.0f/s", runs.rate());
  }
}
