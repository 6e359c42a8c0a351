package io.vestibule.simulation;

import java.util.Optional;

/** Runs worlds, one a seed. */
final class Seeds {
  static final int COUNT_DEFAULT = 200;

  private Seeds() {}

  /** Throws an {@link AssertionError} that names the seed. */
  static void run(long seed, Variant variant, Happened happened) {
    try {
      new World(seed, variant, happened).run();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "seed " + seed + " (again: -Dsimulation.seed=" + seed + "): " + e.getMessage(), e);
    }
  }

  /**
   * What is said of the first of so many seeds in which something is not as it must be; {@code
   * from} which one on it looks, round to that again.
   */
  static Optional<String> firstViolation(long from, int count, Variant variant) {
    for (int tried = 0; tried < count; tried++) {
      try {
        new World((from + tried) % count, variant, new Happened()).run();
      } catch (Violation violation) {
        return Optional.of(violation.what());
      }
    }
    return Optional.empty();
  }
}
