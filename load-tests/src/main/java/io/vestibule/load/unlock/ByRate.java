package io.vestibule.load.unlock;

import io.vestibule.load.report.Chart;
import io.vestibule.load.report.Chart.Axis;
import io.vestibule.load.report.Chart.Curve;
import io.vestibule.load.report.Chart.Scale;
import io.vestibule.load.stage.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * What changes with the rate, of all rates that were tried.
 *
 * @param peer empty where it was not measured
 * @param floor the same
 */
record ByRate(List<Tried> gateway, List<Tried> peer, List<Tried> floor) {
  private static final Axis RATE = new Axis("rate", "/s", Scale.LINEAR);

  /** The second is left out where no process is known. */
  List<Chart> charts() {
    List<Chart> charts = new ArrayList<>(List.of(latency()));
    List<Curve> costs = costs();
    if (!costs.isEmpty()) {
      Axis cost = new Axis("processor time", "µs", Scale.LINEAR);
      charts.add(new Chart("Processor time of an unlock by rate", RATE, cost, costs));
    }
    return charts;
  }

  private Chart latency() {
    List<Curve> curves = new ArrayList<>();
    curves.add(curve("gateway", gateway, Tried::p99Ms));
    if (!peer.isEmpty()) {
      curves.add(curve("peer", peer, Tried::p99Ms));
    }
    if (!floor.isEmpty()) {
      curves.add(curve(Target.FLOOR, floor, Tried::p99Ms));
    }
    return new Chart("Latency by rate", RATE, new Axis("p99", "ms", Scale.LOGARITHMIC), curves);
  }

  /** A curve for each process: what Redis takes falls by other rules than what a JVM takes. */
  private List<Curve> costs() {
    List<Curve> curves = new ArrayList<>(costs(gateway, ""));
    curves.addAll(costs(peer, "peer's "));
    curves.addAll(costs(floor, "floor's "));
    return curves;
  }

  private static List<Curve> costs(List<Tried> tried, String whose) {
    TreeSet<String> processes = new TreeSet<>();
    tried.forEach(one -> processes.addAll(one.micros().keySet()));
    return processes.stream()
        .map(
            name ->
                curve(
                    named(name, whose), tried, one -> one.micros().getOrDefault(name, Double.NaN)))
        .toList();
  }

  /** The floor is its only process beside Redis. */
  private static String named(String process, String whose) {
    return process.equals(Target.FLOOR) ? process : whose + process;
  }

  private static Curve curve(String name, List<Tried> tried, ToDoubleFunction<Tried> value) {
    return new Curve(
        name,
        tried.stream().map(one -> new Chart.Point(one.rate(), value.applyAsDouble(one))).toList());
  }
}
