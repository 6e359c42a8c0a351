package io.vestibule.load.faults;

import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Latencies;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a run found, in figures.
 *
 * @param turnedAwayCount couriers who did not come, since too many were asking
 */
record FaultFindings(
    Evidence evidence, List<Difference> differences, List<Spell> spells, int turnedAwayCount) {
  private static final String RUN = "the run";
  private static final String COMPARED = "compared line by line";
  private static final String RECOVERY = "until couriers get in again";

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    Recovery recovery = new Recovery(evidence.attempts(), spells);
    run(figures, recovery);
    compared(figures);
    for (FaultKind kind : FaultKind.values()) {
      recovered(figures, kind, recovery);
    }
    return figures;
  }

  private void run(List<Figure> figures, Recovery recovery) {
    figures.add(count(RUN, "faults", spells.size()));
    figures.add(count(RUN, "couriers' requests", evidence.attempts().size()));
    figures.add(count(RUN, "couriers who did not come: too many asked", turnedAwayCount));
    figures.add(
        count(
            RUN,
            "answers",
            evidence.attempts().stream().mapToLong(one -> one.answers().size()).sum()));
    figures.add(
        new Figure.Subject(RUN, "in within a second in calm times")
            .figure("share", "%", 100 * recovery.calmShare()));
  }

  private void compared(List<Figure> figures) {
    figures.add(count(COMPARED, "openings", openingCount()));
    figures.add(count(COMPARED, "door events", eventCount()));
    figures.add(count(COMPARED, "audit records", evidence.log().size()));
    for (Difference.Kind kind : Difference.Kind.values()) {
      long count = differences.stream().filter(one -> one.kind() == kind).count();
      figures.add(
          new Figure.Subject(COMPARED, "differences: " + kind.title())
              .figure("count", "", (double) count, Bound.exact(0)));
    }
  }

  private void recovered(List<Figure> figures, FaultKind kind, Recovery recovery) {
    Latencies first = new Latencies();
    Latencies steady = new Latencies();
    int count = 0;
    for (Spell spell : spells) {
      if (spell.kind() == kind) {
        count++;
        record(first, recovery.firstOpenedNanos(spell));
        record(steady, recovery.steadyNanos(spell));
      }
    }
    String since = kind.takenOver() ? ", from its start" : ", from its end";
    Figure.Subject subject = new Figure.Subject(RECOVERY, kind.title() + since);
    figures.add(subject.figure("count", "", (double) count));
    figures.add(subject.figure("first opened p50", "ms", first.percentileMs(50)));
    figures.add(subject.figure("first opened max", "ms", first.percentileMs(100)));
    figures.add(subject.figure("as before p50", "ms", steady.percentileMs(50)));
    figures.add(subject.figure("as before max", "ms", steady.percentileMs(100)));
  }

  private static void record(Latencies latencies, OptionalLong nanos) {
    nanos.ifPresent(latencies::record);
  }

  private long openingCount() {
    return evidence.doors().stream().mapToLong(DoorRecord::openingCount).sum();
  }

  private long eventCount() {
    return evidence.doors().stream().mapToLong(door -> door.events().size()).sum();
  }

  private static Figure count(String section, String name, long count) {
    return new Figure.Subject(section, name).figure("count", "", (double) count);
  }
}
