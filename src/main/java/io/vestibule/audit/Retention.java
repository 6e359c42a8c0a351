package io.vestibule.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How long a building keeps its records, as scripts are told: what lies before the cutoff may be
 * trimmed, and a log to which nothing is appended ends as a whole.
 */
public record Retention(int days, Instant now) {

  /** The cutoff as a stream id, and the log's life in milliseconds. */
  public List<String> arguments() {
    Duration kept = Duration.ofDays(days);
    long cutoff = Math.max(0, now.minus(kept).toEpochMilli());
    return List.of(Long.toString(cutoff), Long.toString(kept.toMillis()));
  }
}
