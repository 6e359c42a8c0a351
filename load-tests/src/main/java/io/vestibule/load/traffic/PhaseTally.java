package io.vestibule.load.traffic;

import io.vestibule.load.report.Latencies;
import io.vestibule.load.report.OverTime;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the requests of one phase. Written on the event loop, and read by others only
 * after the phase.
 */
public final class PhaseTally {
  private final OverTime overTime;
  private final Latencies latencies = new Latencies();
  private final Latencies lateness = new Latencies();
  private final Map<String, Integer> failures = new TreeMap<>();
  private int dueCount;
  private int openedCount;
  private int absentCount;

  /** Times are of {@link System#nanoTime}. */
  PhaseTally(Duration length, long startNanos) {
    this.overTime = OverTime.from(startNanos, length);
  }

  void due(long nanosLate) {
    dueCount++;
    lateness.record(nanosLate);
  }

  void opened(long dueAt, long now) {
    openedCount++;
    latencies.record(now - dueAt);
    overTime.succeeded(now, now - dueAt);
  }

  /** Its door was away, as the generator itself had arranged. */
  void absent() {
    absentCount++;
  }

  void failed(String reason, int count, long now) {
    failures.merge(reason, count, Integer::sum);
    overTime.failed(now, count);
  }

  /** From second to second. */
  public OverTime overTime() {
    return overTime;
  }

  /** How long after it was due the generator came to each request: its own fault. */
  public Latencies lateness() {
    return lateness;
  }

  /** Requests that met a door which the generator had taken away; they are no failures. */
  public int absentCount() {
    return absentCount;
  }

  /** Of those that opened, from when they were due. */
  public Latencies latencies() {
    return latencies;
  }

  public Map<String, Integer> failures() {
    return failures;
  }

  public int failureCount() {
    return failures.values().stream().mapToInt(Integer::intValue).sum();
  }

  public int dueCount() {
    return dueCount;
  }

  public int openedCount() {
    return openedCount;
  }
}
