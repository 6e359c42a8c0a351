package io.vestibule.load.report;

import io.vestibule.load.report.Provenance.Commit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The repository that holds a directory, as git tells of it.
 *
 * @param limit of each answer
 */
record Repository(Path directory, String git, Duration limit) {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String UNKNOWN = "unknown";

  static Repository of(Path directory) {
    return new Repository(directory, "git", LIMIT);
  }

  /** What git said, and why it is not known where it said nothing. */
  private record Said(Optional<String> text, String why) {}

  /** Unknown and with changes where git does not tell; one that was too slow is named. */
  Commit commit() {
    Said id = ask("rev-parse", "HEAD");
    // Results are what a run writes: they make nothing of it different.
    Said changes = ask("status", "--porcelain", "--", ":/", ":(exclude,top)load-tests/results");
    String why = id.why().isEmpty() ? changes.why() : id.why();
    return new Commit(id.text().orElse(UNKNOWN) + why, !changes.text().orElse(UNKNOWN).isEmpty());
  }

  /** To a file, since a pipe that nobody reads would hold it up. */
  private Said ask(String... arguments) {
    try {
      Path out = Files.createTempFile("git", ".out");
      try {
        return ask(out, arguments);
      } finally {
        Files.delete(out);
      }
    } catch (IOException e) {
      return new Said(Optional.empty(), "");
    }
  }

  private Said ask(Path out, String... arguments) throws IOException {
    Process asked =
        new ProcessBuilder(
                Stream.concat(Stream.of(git, "-C", directory.toString()), Stream.of(arguments))
                    .toList())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(out.toFile())
            .start();
    try {
      if (!asked.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Said(
            Optional.empty(),
            " (git %s did not answer within %d s)".formatted(arguments[0], limit.toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Said(Optional.empty(), "");
    } finally {
      asked.destroyForcibly();
    }
    return new Said(
        asked.exitValue() == 0 ? Optional.of(Files.readString(out).strip()) : Optional.empty(), "");
  }
}
