package io.vestibule.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The chart {@code helm/vestibule}, rendered by Helm itself. */
public final class Chart {
  static final Path FOLDER = Path.of("helm/vestibule");
  static final String RELEASE = "vestibule";

  /** The mark of what {@code helm test} runs. */
  static final String HOOK = "helm.sh/hook: test";

  /** The oldest that Chart.yaml admits. */
  private static final String KUBERNETES = "1.30.0";

  private static final Path COPY = copy();
  private static final Map<String, Rendered> SCENARIOS = new ConcurrentHashMap<>();

  private Chart() {}

  /** The names of {@code ci/*-values.yaml}, without their ending. */
  public static List<String> scenarios() {
    try (Stream<Path> files = Files.list(FOLDER.resolve("ci"))) {
      return files
          .map(file -> file.getFileName().toString().replace("-values.yaml", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A scenario as it is. */
  public static Rendered scenario(String name) {
    return SCENARIOS.computeIfAbsent(name, key -> render(key, ""));
  }

  /** A scenario with other values over it, YAML; as {@code helm install --values} merges them. */
  public static Rendered render(String scenario, String values) {
    return render(RELEASE, scenario, values);
  }

  static Rendered render(String release, String scenario, String values) {
    return new Rendered(template(copied(), release, merged(scenario, values)));
  }

  /** What Helm says against a scenario with these values over it. */
  static String refusal(String scenario, String values) {
    return refusal(RELEASE, scenario, values);
  }

  static String refusal(String release, String scenario, String values) {
    try {
      template(copied(), release, merged(scenario, values));
      return "";
    } catch (IllegalStateException e) {
      return String.valueOf(e.getMessage());
    }
  }

  static JsonNode values() {
    return Yaml.read(FOLDER.resolve("values.yaml"));
  }

  static JsonNode values(String scenario) {
    return Yaml.read(FOLDER.resolve("ci").resolve(scenario + "-values.yaml"));
  }

  /** The chart as it lies in the project, whose links Helm follows and tells of. */
  static Helm linked() {
    return new Helm(FOLDER);
  }

  static Helm copied() {
    return new Helm(COPY);
  }

  /** What whoever installs a scenario reads. */
  static String notes(String scenario) {
    return notes(scenario, "");
  }

  static String notes(String scenario, String values) {
    return with(
        merged(scenario, values),
        file ->
            copied()
                .install()
                .clientOnly()
                .dryRun()
                .withName(RELEASE)
                .withNamespace("doors")
                .withKubeVersion(KUBERNETES)
                .withValuesFile(file)
                .call()
                .getOutput());
  }

  static String template(Helm helm, String release, JsonNode values) {
    return with(
        values,
        file ->
            helm.template()
                .withName(release)
                .withNamespace("doors")
                .withKubeVersion(KUBERNETES)
                .withValuesFile(file)
                .call());
  }

  private static <T> T with(JsonNode values, Function<Path, T> use) {
    try {
      Path file = Files.createTempFile("values", ".json");
      try {
        return use.apply(Files.writeString(file, values.toString()));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Without links, of each of which Helm would say so in each test, and without the mark of a hook,
   * since {@code helm template} leaves out what has it.
   */
  private static Path copy() {
    try (Stream<Path> files = Files.walk(FOLDER, FileVisitOption.FOLLOW_LINKS)) {
      Path copy = Path.of("target/chart/" + ProcessHandle.current().pid());
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = copy.resolve(FOLDER.relativize(file));
        Files.createDirectories(to.getParent());
        Files.writeString(to, Files.readString(file).replace("    " + HOOK + "\n", ""));
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode merged(String scenario, String values) {
    JsonNode below = values(scenario);
    return values.isEmpty() ? below : merge((ObjectNode) below, Yaml.read(values));
  }

  private static JsonNode merge(ObjectNode below, JsonNode above) {
    above
        .properties()
        .forEach(
            entry -> {
              JsonNode old = below.get(entry.getKey());
              if (old instanceof ObjectNode section && entry.getValue().isObject()) {
                merge(section, entry.getValue());
              } else {
                below.set(entry.getKey(), entry.getValue());
              }
            });
    return below;
  }
}
