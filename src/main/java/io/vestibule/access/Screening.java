package io.vestibule.access;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The result of a courier's background check.
 *
 * @param until exclusive; {@link Instant#MIN} where no end is known
 */
public record Screening(Result result, Instant until) {
  /** How the check ended. */
  public enum Result {
    PASSED,
    FAILED,
    PENDING;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Screening(Result result, Optional<Instant> expiresAt) {
    this(result, expiresAt.orElse(Instant.MIN));
  }

  public Optional<Instant> expiresAt() {
    return until.equals(Instant.MIN) ? Optional.empty() : Optional.of(until);
  }

  /** Fails closed: only a passed check with an end still to come holds. */
  public boolean holdsAt(Instant at) {
    return result == Result.PASSED && at.isBefore(until);
  }
}
