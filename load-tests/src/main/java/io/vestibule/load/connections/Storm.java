package io.vestibule.load.connections;

import io.vestibule.load.metrics.Exposition;
import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Reasons;
import io.vestibule.load.traffic.Connects;
import io.vestibule.load.traffic.PhaseTally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All doors connected at once.
 *
 * @param rush until all took commands
 * @param connects of each door that made it, until its subscription
 * @param losses attempts that failed and connections that were lost, by why: each was made again
 * @param metrics of the gateway after it, which was started for it alone
 * @param unlocks each door asked to open after it
 */
record Storm(
    String name,
    int doors,
    Rush rush,
    Connects connects,
    Map<String, Integer> losses,
    Exposition metrics,
    PhaseTally unlocks) {
  private static final String REFUSED = "vestibule_door_connects_refused_total";

  /** What no rush is a reason for: the doors are registered, and their certificates good. */
  private static final List<String> WRONG =
      List.of(
          "client_id",
          "certificate",
          "credentials",
          "unregistered",
          "revoked",
          "protocol",
          "error");

  List<Figure> figures() {
    Figure.Subject subject = new Figure.Subject("Doors that connect at once", name);
    List<Figure> figures = new ArrayList<>();
    figures.add(subject.figure("doors", "", doors));
    figures.add(subject.figure("all connected after", "s", rush.seconds()));
    figures.add(subject.figure("connected", "/s", doors / rush.seconds()));
    figures.add(subject.figure("one door, p50", "ms", connects.door().percentileMs(50)));
    figures.add(subject.figure("one door, p99", "ms", connects.door().percentileMs(99)));
    figures.add(subject.figure("its last attempt, p99", "ms", connects.attempt().percentileMs(99)));
    figures.add(subject.figure("full handshakes", "", handshakes("full")));
    figures.add(subject.figure("resumed", "", handshakes("resumed")));
    figures.add(subject.figure("refused without need", "", refusedWithoutNeed(), Bound.exact(0)));
    figures.add(subject.figure("not opened after it", "", unlocks.failureCount(), Bound.exact(0)));
    figures.addAll(rush.costs(name));
    figures.addAll(refusals());
    figures.addAll(
        new Reasons(losses)
            .figures(
                "count",
                why -> new Figure.Subject("Connections that were made again", name + ": " + why)));
    figures.addAll(
        new Reasons(unlocks.failures())
            .figures("count", why -> new Figure.Subject("Unlocks that failed", name + ": " + why)));
    return figures;
  }

  /**
   * Refused though they come again with nothing changed; the others are told to. Not a number where
   * one of the causes is not shown, as each is from the start.
   */
  double refusedWithoutNeed() {
    return WRONG.stream()
        .mapToDouble(cause -> metrics.sum(REFUSED, "cause=\"" + cause + "\""))
        .sum();
  }

  /** What the gateway counted as refused, by cause. */
  private List<Figure> refusals() {
    return metrics.values().entrySet().stream()
        .filter(series -> series.getKey().startsWith(REFUSED) && series.getValue() > 0)
        .map(
            series ->
                new Figure.Subject(
                        "Refused by the gateway",
                        name + ": " + series.getKey().substring(REFUSED.length()))
                    .figure("count", "", series.getValue()))
        .toList();
  }

  private double handshakes(String kind) {
    return metrics.sum(
        "vestibule_door_handshake_duration_seconds_count", "handshake=\"" + kind + "\"");
  }
}
