package io.vestibule.load.stage;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What is done to a process from outside. */
public final class Signals {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private Signals() {}

  /** Ends it on the spot, and returns once it is gone. */
  public static void kill(Process process) throws CannotRun {
    process.destroyForcibly();
    if (!Waiting.until(LIMIT, () -> !process.isAlive())) {
      throw new CannotRun("process " + process.pid() + " does not die");
    }
  }

  /** It stands still, its connections stay. */
  public static void pause(Process process) throws CannotRun {
    run(List.of("kill", "-STOP", Long.toString(process.pid())));
  }

  /** It goes on where it stood. */
  public static void resume(Process process) throws CannotRun {
    run(List.of("kill", "-CONT", Long.toString(process.pid())));
  }

  /** No file of the process may grow beyond so many bytes, or any may without a limit. */
  static void limitFiles(Process process, String bytes) throws CannotRun {
    run(List.of("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":"));
  }

  /** Whether this machine has what limits files. */
  public static boolean canLimitFiles() throws CannotRun {
    ProcessBuilder asking =
        new ProcessBuilder("prlimit", "--version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      return status(asking, LIMIT) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static void run(List<String> command) throws CannotRun {
    try {
      int status = status(new ProcessBuilder(command).inheritIO(), LIMIT);
      if (status != 0) {
        throw new CannotRun(String.join(" ", command) + " failed with " + status);
      }
    } catch (IOException e) {
      throw new CannotRun("cannot run " + command.get(0), e);
    }
  }

  /** What it ended with; where it does not end in time it is killed. */
  static int status(ProcessBuilder builder, Duration limit) throws CannotRun, IOException {
    Process process = builder.start();
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      throw new CannotRun(
          "%s did not end within %d s"
              .formatted(String.join(" ", builder.command()), limit.toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted");
    } finally {
      process.destroyForcibly();
    }
  }
}
