package io.vestibule.load.stage;

import io.vestibule.load.report.Provenance.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What ran beside a run, as its report names it: without a path of this machine, with Redis'
 * version. Those started alike are named once, by the first.
 */
final class Programs {
  private static final Pattern REDIS_VERSION = Pattern.compile("Redis version=([\\w.]+)");

  private final Map<List<String>, Alike> byCommand = new LinkedHashMap<>();

  /** Those of one command: the first of them, and how many there are. */
  private record Alike(String name, Optional<Path> log, int count) {
    private Alike and(Alike other) {
      return new Alike(name, log, count + other.count);
    }
  }

  /**
   * @param log what it says, where that is known
   */
  synchronized void add(String name, List<String> command, Optional<Path> log) {
    byCommand.merge(List.copyOf(command), new Alike(name, log, 1), Alike::and);
  }

  /**
   * @param root what paths are shown from; of those elsewhere the last name is
   */
  synchronized List<Program> list(Path root) {
    return byCommand.entrySet().stream()
        .map(entry -> program(entry.getKey(), entry.getValue(), root))
        .toList();
  }

  private static Program program(List<String> command, Alike alike, Path root) {
    String more = alike.count() > 1 ? " and %d more".formatted(alike.count() - 1) : "";
    String words = command.stream().map(word -> shown(word, root)).collect(Collectors.joining(" "));
    Matcher version = REDIS_VERSION.matcher(alike.log().map(Programs::said).orElse(""));
    return new Program(
        alike.name() + more, version.find() ? words + " (Redis " + version.group(1) + ")" : words);
  }

  private static String shown(String word, Path root) {
    if (word.isEmpty()) {
      return "''";
    }
    // A file with a JVM's options.
    if (word.startsWith("@")) {
      return "@" + shown(word.substring(1), root);
    }
    if (!word.startsWith("/")) {
      return word;
    }
    Path path = Path.of(word).normalize();
    return path.startsWith(root)
        ? root.relativize(path).toString()
        : word.substring(word.lastIndexOf('/') + 1);
  }

  private static String said(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "";
    }
  }
}
