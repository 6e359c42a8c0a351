package io.vestibule.audit;

import java.time.Duration;

/** How long a building keeps its records, as scripts are told. */
public final class Retention {
  private Retention() {}

  /**
   * How long after the latest record a log ends as a whole, in milliseconds; older records of one
   * that goes on are trimmed hour by hour, by the clock of Redis.
   */
  public static String lifeMs(int days) {
    return Long.toString(Duration.ofDays(days).toMillis());
  }
}
