package io.vestibule.load.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The comparison stack's sources, copied to where npm may put packages beside them: nothing is
 * written into the tree they come from.
 */
record PeerSources(Path from, Path to) {
  private static final String PACKAGES = "node_modules";
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(5);

  /** Copied where they differ, with the packages that their lock names. */
  void prepare(Started started, Progress progress, String mend) throws CannotRun {
    try {
      copy();
      if (installed()) {
        return;
      }
    } catch (IOException e) {
      throw new CannotRun("cannot copy " + from + " to " + to, e);
    }
    progress.say("installing the comparison stack's packages");
    Path npm = Programs.demand("npm", mend);
    List<String> command =
        List.of(npm.toString(), "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund");
    started.finish("npm", new ProcessBuilder(command).directory(to.toFile()), INSTALL_LIMIT);
  }

  private void copy() throws IOException {
    List<Path> sources;
    try (Stream<Path> paths = Files.walk(from)) {
      sources = paths.filter(path -> !from.relativize(path).startsWith(PACKAGES)).toList();
    }
    for (Path source : sources) {
      Path copy = to.resolve(from.relativize(source));
      if (Files.isDirectory(source)) {
        Files.createDirectories(copy);
      } else if (!Files.exists(copy) || Files.mismatch(source, copy) >= 0) {
        Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** npm writes a lock of its own when all is there. */
  private boolean installed() throws IOException {
    Path wanted = to.resolve("package-lock.json");
    Path there = to.resolve(PACKAGES).resolve(".package-lock.json");
    return Files.exists(there)
        && Files.getLastModifiedTime(there).compareTo(Files.getLastModifiedTime(wanted)) >= 0;
  }
}
