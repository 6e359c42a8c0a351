package io.vestibule.load.traffic;

import io.vestibule.load.report.Latencies;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the requests of one phase. Written on the event loop, and read by others only
 * after the phase.
 */
public final class Tally {
  private final Duration length;
  private final Latencies latencies = new Latencies();
  private final Map<String, Integer> failures = new TreeMap<>();
  private int dueCount;
  private int openedCount;

  Tally(Duration length) {
    this.length = length;
  }

  void due() {
    dueCount++;
  }

  void answered(String outcome, long nanos) {
    if (outcome.equals(Outcomes.OPENED)) {
      openedCount++;
      latencies.record(nanos);
    } else {
      failed(outcome, 1);
    }
  }

  void failed(String reason, int count) {
    failures.merge(reason, count, Integer::sum);
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

  public double openedPerSecond() {
    return openedCount / (length.toMillis() / 1e3);
  }
}
