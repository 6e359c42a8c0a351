package io.vestibule.load.unlock;

import io.vestibule.load.report.Figure;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What was measured when. The machine is not the same from one minute to the next, and what is
 * compared is not measured at once: a reader is to see in which order it was, and how far apart.
 */
final class Course {
  private static final String SECTION =
      "Measured in this order, from the start; every run has arrivals of its own";
  private static final double NANOS_PER_SECOND = 1e9;

  private final Progress progress;
  private final LongSupplier nanoTime;
  private final long startNanos;
  private final List<Figure> figures = new ArrayList<>();

  /** Begins now. */
  Course(Progress progress, LongSupplier nanoTime) {
    this.progress = progress;
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
  }

  /** A part of what is measured. */
  interface Part<T> {
    T measure() throws CannotRun;
  }

  Progress progress() {
    return progress;
  }

  /** Measures it. */
  <T> T take(String what, Part<T> part) throws CannotRun {
    double from = second();
    T measured = part.measure();
    Figure.Subject subject = new Figure.Subject(SECTION, what);
    figures.add(subject.figure("from", "s", from));
    figures.add(subject.figure("until", "s", second()));
    return measured;
  }

  /** In whole seconds. */
  List<Figure> figures() {
    return List.copyOf(figures);
  }

  private double second() {
    return Math.rint((nanoTime.getAsLong() - startNanos) / NANOS_PER_SECOND);
  }
}
