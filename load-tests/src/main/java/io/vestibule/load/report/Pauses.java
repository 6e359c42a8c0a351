package io.vestibule.load.report;

import java.time.Duration;
import java.util.Locale;

/** How often and how long at most this machine did not run a thread that was due. */
public record Pauses(double worstMs, long above10MsCount) {
  /** A pause above this makes a report say so at its top. */
  private static final Duration WORTH_A_WARNING = Duration.ofMillis(50);

  private static final double COUNTED_ABOVE_MS = 10;

  static final Pauses NONE = new Pauses(0, 0);

  Pauses and(double pauseMs) {
    return new Pauses(
        Math.max(worstMs, pauseMs), above10MsCount + (pauseMs > COUNTED_ABOVE_MS ? 1 : 0));
  }

  boolean disturbing() {
    return worstMs > WORTH_A_WARNING.toMillis();
  }

  String text() {
    return String.format(Locale.ROOT, "worst %.1f ms, %,d above 10 ms", worstMs, above10MsCount);
  }
}
