package io.vestibule.load.telemetry;

import io.vestibule.load.metrics.Change;
import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Figure;
import io.vestibule.load.traffic.Stretch;
import io.vestibule.load.traffic.TelemetryStream.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Unlocks beside telemetry at one rate.
 *
 * @param rate of telemetry, a second; 0 for none
 * @param change what the gateway's metrics say, once it has all that was sent or did not get it;
 *     empty where they are not read
 * @param acknowledged messages with QoS 1
 */
record Level(int rate, Stretch unlocks, Sent sent, Optional<Change> change, long acknowledged) {
  private static final String TAKEN_IN = "vestibule_door_telemetry_total";
  private static final String DROPPED = "vestibule_door_payloads_dropped_total";
  private static final String YIELDED = "vestibule_store_yielded_total";

  /** Without what the target does not tell, which the section's title says. */
  List<Figure> messages(Level without) {
    Figure.Subject subject =
        new Figure.Subject(section(), String.format(Locale.ROOT, "%,d messages/s", rate));
    double unsent = sent.dueCount() - sent.count();
    double unacknowledged = sent.qos1Count() - acknowledged;
    List<Figure> figures = new ArrayList<>();
    figures.add(subject.figure("sent", "", (double) sent.count(), Bound.exactAtLeast(1)));
    figures.add(subject.figure("not sent", "", unsent, Bound.exact(0)));
    change.ifPresent(counted -> figures.addAll(counted(subject, counted)));
    figures.add(subject.figure("without PUBACK", "", unacknowledged, Bound.exact(0)));
    if (tellsItsCost()) {
      figures.add(subject.figure("processor", "µs", microsEach(without)));
    }
    return figures;
  }

  private String section() {
    String counted = change.isPresent() ? "" : "; left out, without --management: what was counted";
    String cost = tellsItsCost() ? "" : "; left out, without --process: processor time";
    return "Telemetry, with QoS 0 and 1 in turns" + counted + cost;
  }

  /** What doors sent and the gateway did not count, or let go. */
  private List<Figure> counted(Figure.Subject subject, Change counted) {
    double lost = Math.abs(sent.count() - counted.of(TAKEN_IN));
    double dropped = counted.of(DROPPED, "topic=\"telemetry\"");
    return List.of(
        subject.figure("not counted by the gateway", "", lost, Bound.exact(0)),
        subject.figure("dropped as invalid", "", dropped, Bound.exact(0)),
        subject.figure("yielded to unlocks at Redis", "", counted.of(YIELDED)));
  }

  private boolean tellsItsCost() {
    return !unlocks.microsEach().isEmpty();
  }

  /** Processor time beyond that of unlocks alone, in microseconds a message. */
  private double microsEach(Level without) {
    double more = unlocks.microsEachInAll() - without.unlocks().microsEachInAll();
    // Both are of an unlock that opened.
    return more * unlocks.tally().openedCount() / sent.count();
  }
}
