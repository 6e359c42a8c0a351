package io.vestibule.load.unlock;

import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Reasons;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is said of each target alike: its rates and failures. */
final class TargetFigures {
  private static final double RATE_MIN = 8_000;

  private TargetFigures() {}

  static List<Figure> highest(String section, Measured measured, boolean bounded) {
    Runs runs = measured.highest().confirmed();
    Figure.Subject subject = new Figure.Subject(section, bounded ? "gateway" : "peer");
    double rate = measured.highest().rate();
    List<Figure> figures = new ArrayList<>();
    figures.add(
        bounded
            ? subject.figure("rate", "/s", rate, Bound.timingAtLeast(RATE_MIN))
            : subject.figure("rate", "/s", rate));
    Figure.Subject at = at(subject, measured.highest());
    figures.add(at.figure("p50", "ms", runs.percentileMs(50)));
    figures.add(
        bounded
            ? at.figure("p99", "ms", runs.percentileMs(99), Bound.timing(Highest.P99_MS_MAX))
            : at.figure("p99", "ms", runs.percentileMs(99)));
    figures.addAll(failures(at, runs));
    return figures;
  }

  /** The same line; where no rate kept the bound, one of its own for the last that was tried. */
  static Figure.Subject at(Figure.Subject subject, Highest found) {
    return found.kept()
        ? subject
        : new Figure.Subject(
            subject.section(),
            "%s at %s, tried and not kept".formatted(subject.name(), rate(found.confirmed())));
  }

  static List<Figure> sustained(String whose, Measured measured) {
    Figure.Subject subject =
        new Figure.Subject("Sustained rate, p99 ≤ 100 ms and no failure", whose);
    Runs runs = measured.sustained().confirmed();
    List<Figure> figures = new ArrayList<>();
    figures.add(subject.figure("rate", "/s", measured.sustained().rate()));
    Figure.Subject at = at(subject, measured.sustained());
    figures.add(at.figure("p50", "ms", runs.percentileMs(50)));
    figures.add(at.figure("p99", "ms", runs.percentileMs(99)));
    figures.addAll(failures(at, runs));
    return figures;
  }

  /** None where the other has no rate. */
  static double ratio(Highest of, Highest by) {
    return by.kept() ? of.rate() / by.rate() : Double.NaN;
  }

  /** With a line for each reason, and how late the generator itself was. */
  static List<Figure> failures(Figure.Subject subject, Runs runs) {
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

  /** A rate as reports name it. */
  static String rate(Runs runs) {
    return String.format(Locale.ROOT, "%,.0f/s", runs.rate());
  }
}
