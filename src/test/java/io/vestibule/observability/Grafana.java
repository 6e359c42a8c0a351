package io.vestibule.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The dashboards that the project ships. */
final class Grafana {
  static final Path DASHBOARDS = Path.of("grafana/dashboards");

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Panels that may have nothing to show while all that they read is there, and why: the renderer
   * reads it too.
   */
  static final JsonNode QUIET = read(Path.of("grafana/render/quiet.json"));

  /** A dashboard's file and what is in it. */
  record Dashboard(Path file, JsonNode json) {
    String name() {
      return file.getFileName().toString().replace(".json", "");
    }

    /** Those of collapsed rows too. */
    List<Panel> panels() {
      List<Panel> panels = new ArrayList<>();
      for (JsonNode panel : json.path("panels")) {
        panels.add(new Panel(this, panel));
        panel.path("panels").forEach(inner -> panels.add(new Panel(this, inner)));
      }
      return panels;
    }

    /** Those that are asked of Prometheus. */
    List<Variable> variables() {
      List<Variable> variables = new ArrayList<>();
      for (JsonNode variable : json.path("templating").path("list")) {
        if (variable.path("type").asText().equals("query")) {
          variables.add(new Variable(this, variable));
        }
      }
      return variables;
    }
  }

  /** One panel; rows and texts have no targets. */
  record Panel(Dashboard dashboard, JsonNode json) {
    List<Target> targets() {
      List<Target> targets = new ArrayList<>();
      json.path("targets").forEach(target -> targets.add(new Target(this, target)));
      return targets;
    }

    boolean mayBeQuiet() {
      return QUIET.has(json.path("title").asText());
    }

    /** For messages. */
    String place() {
      return dashboard.name() + " / " + json.path("title").asText();
    }
  }

  /** One query of a panel. */
  record Target(Panel panel, JsonNode json) {
    String expression() {
      return json.path("expr").asText();
    }

    /**
     * The expression whose answer must not be empty: a histogram's buckets are there from the
     * start, and a heat map of none in them shows nothing.
     */
    String due() {
      boolean heatmap = panel.json().path("type").asText().equals("heatmap");
      return heatmap ? "(" + expression() + ") > 0" : expression();
    }

    boolean instant() {
      return json.path("instant").asBoolean();
    }
  }

  /** A choice at the top of a dashboard whose values Prometheus knows. */
  record Variable(Dashboard dashboard, JsonNode json) {
    String name() {
      return json.path("name").asText();
    }

    /** As {@code label_values(metric, label)}. */
    String query() {
      JsonNode query = json.path("query");
      return query.isTextual() ? query.asText() : query.path("query").asText();
    }

    boolean several() {
      return json.path("multi").asBoolean() || json.path("includeAll").asBoolean();
    }
  }

  private Grafana() {}

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By name; at least one. */
  static List<Dashboard> dashboards() throws IOException {
    List<Dashboard> dashboards = new ArrayList<>();
    try (Stream<Path> files = Files.list(DASHBOARDS)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".json")).sorted().toList()) {
        dashboards.add(dashboard(file));
      }
    }
    if (dashboards.isEmpty()) {
      throw new IOException("no dashboards in " + DASHBOARDS);
    }
    return dashboards;
  }

  static Dashboard dashboard(Path file) throws IOException {
    return new Dashboard(file, JSON.readTree(file.toFile()));
  }

  static List<Target> targets() throws IOException {
    return dashboards().stream().flatMap(dashboard -> targets(dashboard).stream()).toList();
  }

  static List<Target> targets(Dashboard dashboard) {
    return dashboard.panels().stream().flatMap(panel -> panel.targets().stream()).toList();
  }
}
