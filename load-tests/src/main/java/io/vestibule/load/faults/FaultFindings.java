package io.vestibule.load.faults;

import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Latencies;
import io.vestibule.load.report.Reasons;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What a run found, in figures. */
record FaultFindings(Course course, Evidence evidence, List<Difference> differences) {
  private static final String COMPARED = "compared line by line";
  private static final String RECOVERY = "until couriers get in again";

  /**
   * How it went.
   *
   * @param seed it was drawn by: another run of the same is made with it
   * @param turnedAwayCount couriers who did not come, since too many were asking
   * @param waitsInVain what did not come true in time, and how often
   */
  record Course(
      long seed, List<Spell> spells, int turnedAwayCount, Map<String, Integer> waitsInVain) {}

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    Recovery recovery = new Recovery(evidence.attempts(), course.spells());
    run(figures, recovery);
    compared(figures);
    for (FaultKind kind : FaultKind.values()) {
      recovered(figures, kind, recovery);
    }
    return figures;
  }

  private void run(List<Figure> figures, Recovery recovery) {
    String run = "the run, drawn by --seed " + course.seed();
    figures.add(some(run, "faults", course.spells().size()));
    figures.add(some(run, "couriers' requests", evidence.attempts().size()));
    figures.add(count(run, "couriers who did not come: too many asked", course.turnedAwayCount()));
    figures.add(
        some(
            run,
            "answers",
            evidence.attempts().stream().mapToLong(one -> one.answers().size()).sum()));
    figures.add(
        new Figure.Subject(run, "in within a second in calm times")
            .figure("share", "%", 100 * recovery.calmShare()));
    Reasons waits = new Reasons(course.waitsInVain());
    figures.add(
        new Figure.Subject(run, "waits in vain").figure("count", "", waits.sum(), Bound.exact(0)));
    figures.addAll(waits.figures("count", what -> new Figure.Subject(run, what)));
  }

  private void compared(List<Figure> figures) {
    figures.add(some(COMPARED, "openings", openingCount()));
    figures.add(count(COMPARED, "door events", eventCount()));
    figures.add(some(COMPARED, "audit records", evidence.log().size()));
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
    List<Spell> spells = course.spells().stream().filter(spell -> spell.kind() == kind).toList();
    for (Spell spell : spells) {
      record(first, recovery.firstOpenedNanos(spell));
      record(steady, recovery.steadyNanos(spell));
    }
    long missing = spells.stream().filter(recovery::missing).count();
    String since = kind.takenOver() ? ", from its start" : ", from its end";
    Figure.Subject subject = new Figure.Subject(RECOVERY, kind.title() + since);
    figures.add(subject.figure("count", "", (double) spells.size()));
    figures.add(subject.figure("first opened p50", "ms", first.percentileMs(50)));
    figures.add(subject.figure("first opened max", "ms", first.percentileMs(100)));
    figures.add(subject.figure("as before p50", "ms", steady.percentileMs(50)));
    figures.add(subject.figure("as before max", "ms", steady.percentileMs(100)));
    figures.add(subject.figure("not as before", "", (double) (spells.size() - steady.count())));
    figures.add(subject.figure(Recovery.MISSING, "", (double) missing, Bound.timing(0)));
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

  /** A run that has none of them shows nothing. */
  private static Figure some(String section, String name, long count) {
    return new Figure.Subject(section, name)
        .figure("count", "", (double) count, Bound.exactAtLeast(1));
  }

  private static Figure count(String section, String name, long count) {
    return new Figure.Subject(section, name).figure("count", "", (double) count);
  }
}
