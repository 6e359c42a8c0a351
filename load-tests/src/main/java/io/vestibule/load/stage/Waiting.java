package io.vestibule.load.stage;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what another process does, up to a limit. */
public final class Waiting {
  private static final long LOOK_EVERY_MS = 10;

  private Waiting() {}

  /** Whether it came true in time. */
  public static boolean until(Duration limit, BooleanSupplier condition) throws CannotRun {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      pause();
    }
    return true;
  }

  private static void pause() throws CannotRun {
    try {
      Thread.sleep(LOOK_EVERY_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted");
    }
  }
}
