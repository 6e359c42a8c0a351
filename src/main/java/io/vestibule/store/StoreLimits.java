package io.vestibule.store;

import java.time.Duration;

/**
 * The bounds of a connection to Redis.
 *
 * @param commandTimeout how long a command or an attempt to connect may take
 * @param waitingCountMax commands awaiting their replies, per event loop; one more fails at once
 */
public record StoreLimits(Duration commandTimeout, int waitingCountMax) {
  public static StoreLimits defaults() {
    return new StoreLimits(Duration.ofSeconds(2), 16_384);
  }

  /**
   * How long a write may take to be where it must be. Less than a command may take, so that a write
   * that is not confirmed is told from a connection that is dead.
   */
  public Duration confirmTimeout() {
    return commandTimeout.multipliedBy(3).dividedBy(4);
  }
}
