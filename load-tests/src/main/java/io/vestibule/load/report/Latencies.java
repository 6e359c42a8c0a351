package io.vestibule.load.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Recorded times and their percentiles, to three significant digits. */
public final class Latencies {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int DIGITS = 3;
  private static final int STEPS_PER_NINE = 20;
  private static final double NANOS_PER_MS = 1e6;

  private final Histogram nanos = new Histogram(LONGEST.toNanos(), DIGITS);

  public void record(long nanosTaken) {
    nanos.recordValue(Math.min(Math.max(nanosTaken, 0), LONGEST.toNanos()));
  }

  public void add(Latencies others) {
    nanos.add(others.nanos);
  }

  public long count() {
    return nanos.getTotalCount();
  }

  /** The time within which that many of a hundred stayed; not a number when there is none. */
  public double percentileMs(double percentile) {
    return count() == 0 ? Double.NaN : nanos.getValueAtPercentile(percentile) / NANOS_PER_MS;
  }

  /**
   * Milliseconds by percentile, nearer to each other the nearer to 100: as many to each further
   * nine. The last is the longest, of which there is one in all.
   */
  List<Chart.Point> percentiles() {
    double nines = Math.log10((double) count());
    List<Chart.Point> points = new ArrayList<>();
    for (int step = 0; step < nines * STEPS_PER_NINE; step++) {
      double percentile = percentile((double) step / STEPS_PER_NINE);
      points.add(new Chart.Point(percentile, percentileMs(percentile)));
    }
    if (count() > 0) {
      points.add(new Chart.Point(percentile(nines), percentileMs(100)));
    }
    return points;
  }

  private static double percentile(double nines) {
    return 100 - 100 * Math.pow(10, -nines);
  }

  /** Count, median, 99th percentile, which is bounded, and the longest. */
  public List<Figure> figures(Figure.Subject subject, Bound p99Ms) {
    return figures(subject, Optional.of(p99Ms));
  }

  /** The same without a bound. */
  public List<Figure> figures(Figure.Subject subject) {
    return figures(subject, Optional.empty());
  }

  private List<Figure> figures(Figure.Subject subject, Optional<Bound> p99Ms) {
    return List.of(
        subject.figure("count", "", (double) count()),
        subject.figure("p50", "ms", percentileMs(50)),
        new Figure(subject, new Measure("p99", "ms"), percentileMs(99), p99Ms),
        subject.figure("max", "ms", percentileMs(100)));
  }
}
