package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Commands as a guide has them, run in bash. */
final class Shell {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private Shell() {}

  /** What it said; fails where one of its commands does, or past five minutes. */
  static String run(Path directory, String script) throws IOException, InterruptedException {
    Path log = Files.createTempFile("shell", ".log");
    Process process =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
            .directory(directory.toAbsolutePath().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    String said = Files.readString(log);
    Files.delete(log);
    assertThat(ended && process.exitValue() == 0).as(script + "\n" + said).isTrue();
    return said;
  }
}
