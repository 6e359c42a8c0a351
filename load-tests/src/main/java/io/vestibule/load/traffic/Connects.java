package io.vestibule.load.traffic;

import io.vestibule.load.report.Latencies;

/**
 * How long doors took to connect, until they took commands.
 *
 * @param attempt the attempt that succeeded alone, from its beginning
 * @param door from the door's first attempt: those that failed, and the waits between them, count
 */
public record Connects(Latencies attempt, Latencies door) {
  Connects() {
    this(new Latencies(), new Latencies());
  }

  /** Times are of {@link System#nanoTime}. */
  void record(long firstDueAt, long dueAt, long now) {
    attempt.record(now - dueAt);
    door.record(now - firstDueAt);
  }
}
