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

  /** What is said of the first of so many seeds in which something is not as it must be. */
  static Optional<String> firstViolation(int count, Variant variant) {
    for (long seed = 0; seed < count; seed++) {
      try {
        new World(seed, variant, new Happened()).run();
      } catch (Violation violation) {
        return Optional.of(violation.what());
      }
    }
    return Optional.empty();
  }
}
