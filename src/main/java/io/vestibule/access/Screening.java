package io.vestibule.access;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The result of a courier's background check, and until when it holds, exclusive. The end stands in
 * two numbers, since an {@link Instant} of its own would cost every courier in memory more.
 *
 * @param untilSecond of the epoch; that of {@link Instant#MIN} where no end is known
 */
public record Screening(Result result, long untilSecond, int untilNano) {
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

  Screening(Result result, Instant until) {
    this(result, until.getEpochSecond(), until.getNano());
  }

  public Optional<Instant> expiresAt() {
    return untilSecond == Instant.MIN.getEpochSecond()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(untilSecond, untilNano));
  }

  /** Fails closed: only a passed check with an end still to come holds. */
  public boolean holdsAt(Instant at) {
    return result == Result.PASSED && before(at);
  }

  private boolean before(Instant at) {
    return at.getEpochSecond() < untilSecond
        || (at.getEpochSecond() == untilSecond && at.getNano() < untilNano);
  }
}
