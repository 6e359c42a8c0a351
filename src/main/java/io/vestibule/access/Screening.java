package io.vestibule.access;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The result of a courier's background check; it holds until {@code expiresAt}, exclusive. */
public record Screening(Result result, Optional<Instant> expiresAt) {
  /** How the check ended. */
  public enum Result {
    PASSED,
    FAILED,
    PENDING;

    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Fails closed: only a passed check with an end still to come holds. */
  public boolean holdsAt(Instant at) {
    return result == Result.PASSED && expiresAt.filter(at::isBefore).isPresent();
  }
}
