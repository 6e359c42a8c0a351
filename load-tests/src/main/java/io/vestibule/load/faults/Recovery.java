package io.vestibule.load.faults;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * How soon couriers get in again, from what they heard: after a fault's end, or after its beginning
 * where another gateway takes over.
 */
final class Recovery {
  /** Long enough to hold some couriers, short beside what is measured. */
  private static final Duration WINDOW = Duration.ofMillis(500);

  /** Longer than anything but a fault, or a door that says nothing, keeps a courier waiting. */
  private static final Duration PROMPT = Duration.ofSeconds(1);

  /** So long after a fault little of it is left. */
  private static final Duration AFTERMATH = Duration.ofSeconds(2);

  /** Who came just before a fault met it too. */
  private static final Duration UNDERWAY = Duration.ofMillis(100);

  /** By far longer than it takes, and shorter than most times without a fault. */
  private static final Duration AMPLE = Duration.ofSeconds(4);

  static final String MISSING = "of those, had %d s to be".formatted(AMPLE.toSeconds());

  /** Of the share in calm times: what is within chance of it. */
  private static final double AS_BEFORE = 0.9;

  private final List<Attempt> attempts;
  private final List<Spell> spells;
  private final double calmShare;

  Recovery(List<Attempt> attempts, List<Spell> spells) {
    this.attempts = attempts;
    this.spells = spells;
    this.calmShare =
        share(
            attempts.stream()
                .filter(attempt -> spells.stream().noneMatch(spell -> touched(attempt, spell)))
                .toList());
  }

  /** Of the couriers who came in calm times, how many got in within a second. */
  double calmShare() {
    return calmShare;
  }

  /** Until the first answer that a door opened; empty if none came. */
  OptionalLong firstOpenedNanos(Spell spell) {
    return attempts.stream()
        .flatMap(attempt -> attempt.openedNanos().stream())
        .mapToLong(at -> at - spell.recoversFromNanos())
        .filter(taken -> taken >= 0)
        .min();
  }

  /**
   * Until those who come get in within a second about as often as in calm times; empty if another
   * fault came before that.
   */
  OptionalLong steadyNanos(Spell spell) {
    long step = WINDOW.toNanos();
    long limit = nextFault(spell);
    for (long from = spell.recoversFromNanos(); from + step <= limit; from += step / 5) {
      long start = from;
      List<Attempt> within =
          attempts.stream()
              .filter(attempt -> attempt.startedNanos() - start >= 0)
              .filter(attempt -> attempt.startedNanos() - start < step)
              .toList();
      if (asBefore(within)) {
        return OptionalLong.of(from - spell.recoversFromNanos());
      }
    }
    return OptionalLong.empty();
  }

  /** Nobody who gets in is never as before, whatever was then. */
  private boolean asBefore(List<Attempt> some) {
    double share = share(some);
    return share > 0 && share >= AS_BEFORE * calmShare;
  }

  /** Whether it never was as before, though there was ample time after its end. */
  boolean missing(Spell spell) {
    return nextFault(spell) - spell.untilNanos() >= AMPLE.toNanos() && steadyNanos(spell).isEmpty();
  }

  private long nextFault(Spell spell) {
    long last = attempts.stream().mapToLong(Attempt::startedNanos).max().orElse(0);
    return spells.stream()
        .mapToLong(Spell::fromNanos)
        .filter(from -> from >= spell.untilNanos())
        .min()
        .orElse(last);
  }

  private static boolean touched(Attempt attempt, Spell spell) {
    return attempt.startedNanos() >= spell.fromNanos() - UNDERWAY.toNanos()
        && attempt.startedNanos() <= spell.untilNanos() + AFTERMATH.toNanos();
  }

  private static double share(List<Attempt> some) {
    return some.stream().filter(attempt -> attempt.openedWithin(PROMPT)).count()
        / (double) Math.max(1, some.size());
  }
}
