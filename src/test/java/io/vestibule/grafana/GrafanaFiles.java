package io.vestibule.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What the folder {@code grafana} holds. */
final class GrafanaFiles {
  static final List<String> DASHBOARDS =
      List.of("overview", "unlock-path", "doors", "redis-and-cache", "gateway-process");

  private static final Path FOLDER = Path.of("grafana");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private GrafanaFiles() {}

  static Path folder() {
    return FOLDER.resolve("dashboards");
  }

  static JsonNode dashboard(String name) {
    return read(JSON, folder().resolve(name + ".json"));
  }

  /** Rules that record, in order. */
  static List<JsonNode> recorded() {
    return rules("record");
  }

  /** Rules that alert, in order. */
  static List<JsonNode> alerts() {
    return rules("alert");
  }

  static List<JsonNode> cases() {
    return list(read(YAML, FOLDER.resolve("alerts_test.yaml")).path("tests"));
  }

  static KnownSeries known() {
    return new KnownSeries(recorded().stream().map(rule -> rule.path("record").asText()).toList());
  }

  static List<JsonNode> list(JsonNode array) {
    List<JsonNode> items = new ArrayList<>();
    array.forEach((Consumer<JsonNode>) items::add);
    return items;
  }

  private static List<JsonNode> rules(String kind) {
    return list(read(YAML, FOLDER.resolve("alerts.yaml")).path("groups")).stream()
        .flatMap(group -> list(group.path("rules")).stream())
        .filter(rule -> rule.has(kind))
        .toList();
  }

  private static JsonNode read(ObjectMapper mapper, Path file) {
    try {
      return mapper.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
