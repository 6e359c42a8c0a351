package io.vestibule.load.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

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

  /**
   * What it was started with, in the words of whoever started it: a program's file may have another
   * name than the one it was called by, as Debian's redis-server has. Where that cannot be read,
   * the given name stands for it.
   */
  static List<String> command(Target.Part part) {
    try {
      String words = Files.readString(Path.of("/proc", Long.toString(part.pid()), "cmdline"));
      return words.isBlank() ? List.of(part.name()) : List.of(words.strip().split("[\0 ]+"));
    } catch (IOException e) {
      return List.of(part.name());
    }
  }

  private static boolean gone(Target.Part part) {
    return !ProcessHandle.of(part.pid()).map(ProcessHandle::isAlive).orElse(false);
  }
}
