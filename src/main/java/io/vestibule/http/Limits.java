package io.vestibule.http;

import java.time.Duration;

/**
 * The bounds of the HTTP API.
 *
 * @param instanceCount event loops that share its ports
 * @param connectionCountMax open connections over all loops; one more is closed at once
 * @param bodyDeadline how long a body may take to arrive
 */
public record Limits(int instanceCount, int connectionCountMax, Duration bodyDeadline) {
  public static final int CONNECTION_COUNT_MAX = 2_000;
  public static final Duration BODY_DEADLINE = Duration.ofSeconds(8);

  /** One instance a core. */
  public static Limits standard() {
    return new Limits(
        Runtime.getRuntime().availableProcessors(), CONNECTION_COUNT_MAX, BODY_DEADLINE);
  }
}
