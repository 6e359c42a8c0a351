package io.vestibule.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program of the system's to its end. */
final class Program {
  /** How it ended, and all that it said. */
  record Ended(int exit, String said) {}

  private Program() {}

  /** Within the limit, in a directory, with a file as its input. */
  static Ended run(Duration limit, Path directory, Path input, String... command)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("program", ".log");
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(directory.toFile())
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    String said = Files.readString(log);
    Files.delete(log);
    if (!ended) {
      throw new AssertionError("still running after " + limit + ": " + said);
    }
    return new Ended(process.exitValue(), said);
  }

  /** With nothing to read. */
  static Ended run(Duration limit, Path directory, String... command)
      throws IOException, InterruptedException {
    return run(limit, directory, Path.of("/dev/null"), command);
  }
}
