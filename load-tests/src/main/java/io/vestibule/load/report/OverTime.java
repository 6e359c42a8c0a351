package io.vestibule.load.report;

import io.vestibule.load.report.Chart.Axis;
import io.vestibule.load.report.Chart.Curve;
import io.vestibule.load.report.Chart.Point;
import io.vestibule.load.report.Chart.Scale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * How a run went from second to second, by when attempts ended. Confined to the thread that
 * records: a record is an addition in one histogram, which is summed up and emptied when its time
 * is over. Times are of {@link System#nanoTime}.
 */
public final class OverTime {
  /** A chart has no room for more. */
  private static final int SPELLS_PLANNED_MAX = 900;

  /** Some are left for what ends after the plan; the last one takes all that is later still. */
  private static final int SPELLS_MAX = 1_000;

  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int DIGITS = 3;
  private static final double NANOS_PER_MS = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final Axis TIME = new Axis("time", "s", Scale.LINEAR);

  private final long startNanos;
  private final long plannedNanos;
  private final long spellNanos;
  private final Histogram nanos = new Histogram(LONGEST.toNanos(), DIGITS);
  private final List<Spell> ended = new ArrayList<>();
  private long failureCount;

  private OverTime(long startNanos, long plannedNanos, long spellNanos) {
    this.startNanos = startNanos;
    this.plannedNanos = plannedNanos;
    this.spellNanos = spellNanos;
  }

  /**
   * One or more whole seconds of a run. What is not a number was not measured: nothing succeeded.
   *
   * @param startSecond from the start of the run
   */
  public record Spell(
      double startSecond,
      double perSecond,
      double failuresPerSecond,
      double p50Ms,
      double p99Ms,
      double maxMs) {}

  /** By seconds, or by more of them at a time where the run is planned longer than 15 minutes. */
  public static OverTime from(long startNanos, Duration planned) {
    long seconds = 1 + Math.max(0, planned.toSeconds() - 1) / SPELLS_PLANNED_MAX;
    return new OverTime(startNanos, planned.toNanos(), Duration.ofSeconds(seconds).toNanos());
  }

  /** One that succeeded; before the start it does not count. */
  public void succeeded(long atNanos, long nanosTaken) {
    if (advance(atNanos)) {
      nanos.recordValue(Math.min(Math.max(nanosTaken, 0), LONGEST.toNanos()));
    }
  }

  /** So many that did not; before the start they do not count. */
  public void failed(long atNanos, int count) {
    if (advance(atNanos)) {
      failureCount += count;
    }
  }

  /** In order, without gaps, up to the last record; recording may go on. */
  public List<Spell> spells() {
    List<Spell> spells = new ArrayList<>(ended);
    if (nanos.getTotalCount() > 0 || failureCount > 0) {
      spells.add(spell());
    }
    return List.copyOf(spells);
  }

  /** Latencies, and how many succeeded and failed a second. */
  public List<Chart> charts(String title) {
    List<Spell> spells = spells();
    Axis rate = new Axis("attempts", "/s", Scale.LINEAR);
    return List.of(
        new Chart(
            title + ": latency over time",
            TIME,
            Charts.LATENCY,
            List.of(
                curve("p50", spells, Spell::p50Ms),
                curve("p99", spells, Spell::p99Ms),
                curve("max", spells, Spell::maxMs))),
        new Chart(
            title + ": rate over time",
            TIME,
            rate,
            List.of(
                curve("succeeded", spells, Spell::perSecond),
                curve("failed", spells, Spell::failuresPerSecond))));
  }

  /** Whether it counts; ends the spells that were over by then. What is late counts as now. */
  private boolean advance(long atNanos) {
    long since = atNanos - startNanos;
    if (since < 0) {
      return false;
    }
    while (since >= (ended.size() + 1) * spellNanos && ended.size() < SPELLS_MAX - 1) {
      ended.add(spell());
      nanos.reset();
      failureCount = 0;
    }
    return true;
  }

  private Spell spell() {
    long since = ended.size() * spellNanos;
    double seconds = lastingNanos(since) / NANOS_PER_SECOND;
    return new Spell(
        since / NANOS_PER_SECOND,
        nanos.getTotalCount() / seconds,
        failureCount / seconds,
        percentileMs(50),
        percentileMs(99),
        percentileMs(100));
  }

  /** Up to the plan's end for the one that it falls into: little comes after it. */
  private long lastingNanos(long since) {
    long planned = plannedNanos - since;
    return planned > 0 ? Math.min(spellNanos, planned) : spellNanos;
  }

  private double percentileMs(double percentile) {
    return nanos.getTotalCount() == 0
        ? Double.NaN
        : nanos.getValueAtPercentile(percentile) / NANOS_PER_MS;
  }

  private static Curve curve(String name, List<Spell> spells, ToDoubleFunction<Spell> value) {
    return new Curve(
        name,
        spells.stream()
            .map(spell -> new Point(spell.startSecond(), value.applyAsDouble(spell)))
            .toList());
  }
}
