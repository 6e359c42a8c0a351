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
  public static boolean canLimitFiles() {
    try {
      return new ProcessBuilder("prlimit", "--version")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .onExit()
          .thenApply(ended -> ended.exitValue() == 0)
          .join();
    } catch (IOException e) {
      return false;
    }
  }

  private static void run(List<String> command) throws CannotRun {
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new CannotRun(String.join(" ", command) + " failed");
      }
    } catch (IOException e) {
      throw new CannotRun("cannot run " + command.get(0), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted");
    }
  }
}
