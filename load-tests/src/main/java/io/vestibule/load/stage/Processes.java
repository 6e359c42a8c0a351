package io.vestibule.load.stage;

import java.time.Duration;

/** Ends what a run has started, before the run itself ends. */
public final class Processes {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private Processes() {}

  /** On the spot: all that a target is made of; for one of the run's own alone. */
  public static void end(Target target) throws CannotRun {
    for (Target.Part part : target.processes()) {
      ProcessHandle.of(part.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
    for (Target.Part part : target.processes()) {
      if (!Waiting.until(LIMIT, () -> gone(part))) {
        throw new CannotRun(part.name() + " does not end");
      }
    }
  }

  private static boolean gone(Target.Part part) {
    return !ProcessHandle.of(part.pid()).map(ProcessHandle::isAlive).orElse(false);
  }
}
