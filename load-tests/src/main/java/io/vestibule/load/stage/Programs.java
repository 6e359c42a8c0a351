package io.vestibule.load.stage;

import io.vestibule.load.report.Provenance.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What ran beside a run, as its report names it: without a path of this machine, with Redis'
 * version. Those started alike are named once, by the first.
 */
final class Programs {
  private static final Pattern REDIS_VERSION = Pattern.compile("Redis version=([\\w.]+)");

  private final Map<List<String>, List<Started.Running>> byCommand = new LinkedHashMap<>();

  synchronized void add(List<String> command, Started.Running running) {
    byCommand.computeIfAbsent(List.copyOf(command), unused -> new ArrayList<>()).add(running);
  }

  /**
   * @param root what paths are shown from; of those elsewhere the last name is
   */
  synchronized List<Program> list(Path root) {
    return byCommand.entrySet().stream()
        .map(entry -> program(entry.getKey(), entry.getValue(), root))
        .toList();
  }

  private static Program program(List<String> command, List<Started.Running> alike, Path root) {
    Started.Running first = alike.get(0);
    String more = alike.size() > 1 ? " and %d more".formatted(alike.size() - 1) : "";
    String words = command.stream().map(word -> shown(word, root)).collect(Collectors.joining(" "));
    Matcher version = REDIS_VERSION.matcher(said(first.log()));
    return new Program(
        first.name() + more, version.find() ? words + " (Redis " + version.group(1) + ")" : words);
  }

  private static String shown(String word, Path root) {
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
