package io.vestibule.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards keep the rules, and the rules find what breaks them. */
final class DashboardsTest {
  /** Words in code, of which the first has one capital: no command. */
  private static final Pattern PANEL = Pattern.compile("`([A-Z][a-z][^`]* [^`]*)`");

  static final List<String> NAMES = GrafanaFiles.DASHBOARDS;

  private final KnownSeries known = GrafanaFiles.known();

  @ParameterizedTest
  @FieldSource("NAMES")
  void dashboard_keepsTheRules(String name) {
    assertThat(DashboardRules.faults(name, GrafanaFiles.dashboard(name), known)).isEmpty();
  }

  @Test
  void files_areThese() throws IOException {
    try (Stream<Path> files = Files.list(GrafanaFiles.folder())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(NAMES.stream().map(name -> name + ".json").toList());
    }
  }

  @Test
  void panelsThatTheRunbookNames_areThere() {
    List<String> titles =
        NAMES.stream()
            .flatMap(name -> GrafanaFiles.dashboard(name).findValuesAsText("title").stream())
            .toList();

    assertThat(
            PANEL
                .matcher(Runbook.text().replace('\n', ' '))
                .results()
                .map((MatchResult found) -> found.group(1)))
        .isNotEmpty()
        .allMatch(titles::contains);
  }

  @ParameterizedTest
  @MethodSource("breakages")
  void rules_findWhatBreaksThem(String fault, Consumer<ObjectNode> breakage) {
    ObjectNode dashboard = (ObjectNode) GrafanaFiles.dashboard("overview");

    breakage.accept(dashboard);

    assertThat(DashboardRules.faults("overview", dashboard, known))
        .anyMatch(found -> found.contains(fault));
  }

  static Stream<Arguments> breakages() {
    return Stream.of(
        breakage("uid is not", dashboard -> dashboard.put("uid", "x")),
        breakage("schemaVersion", dashboard -> dashboard.put("schemaVersion", 39)),
        breakage("refresh", dashboard -> dashboard.put("refresh", "5m")),
        breakage("tag vestibule", dashboard -> dashboard.remove("tags")),
        breakage("link to the other", dashboard -> dashboard.remove("links")),
        breakage("variables are not", dashboard -> variables(dashboard).remove("list")),
        breakage("id twice", dashboard -> panel(dashboard).put("id", 3)),
        breakage("title twice", dashboard -> panel(dashboard).put("title", "Is Redis connected?")),
        breakage("over another panel", dashboard -> place(dashboard).put("x", 5)),
        breakage("outside of the grid", dashboard -> place(dashboard).put("w", 25)),
        breakage("no title", dashboard -> panel(dashboard).put("title", " ")),
        breakage("type is not drawn", dashboard -> panel(dashboard).put("type", "piechart")),
        breakage("unit", dashboard -> defaults(dashboard).remove("unit")),
        breakage("description", dashboard -> panel(dashboard).remove("description")),
        breakage("what bad looks like", dashboard -> panel(dashboard).put("description", "Good.")),
        breakage(
            "no such heading",
            dashboard -> panel(dashboard).put("description", "[x](docs/RUNBOOK.md#nowhere)")),
        breakage("a link to nowhere", dashboard -> link(dashboard).put("url", "/d/nowhere")),
        breakage("datasource", dashboard -> panel(dashboard).remove("datasource")),
        breakage("colours", dashboard -> step(dashboard).put("color", "green")),
        breakage("no query", dashboard -> panel(dashboard).putArray("targets")),
        breakage("format heatmap", dashboard -> target(dashboard).put("format", "heatmap")),
        breakage("unknown metric", dashboard -> target(dashboard).put("expr", "sum(nothing)")));
  }

  private static Arguments breakage(String fault, Consumer<ObjectNode> breakage) {
    return Arguments.of(fault, breakage);
  }

  private static ObjectNode variables(ObjectNode dashboard) {
    return (ObjectNode) dashboard.path("templating");
  }

  /** The first; a row stands before it. */
  private static ObjectNode panel(JsonNode dashboard) {
    return (ObjectNode) dashboard.path("panels").path(1);
  }

  private static ObjectNode place(JsonNode dashboard) {
    return (ObjectNode) panel(dashboard).path("gridPos");
  }

  private static ObjectNode defaults(JsonNode dashboard) {
    return (ObjectNode) panel(dashboard).path("fieldConfig").path("defaults");
  }

  private static ObjectNode step(JsonNode dashboard) {
    return (ObjectNode) defaults(dashboard).path("thresholds").path("steps").path(0);
  }

  private static ObjectNode link(JsonNode dashboard) {
    return (ObjectNode) panel(dashboard).path("links").path(0);
  }

  private static ObjectNode target(JsonNode dashboard) {
    return (ObjectNode) panel(dashboard).path("targets").path(0);
  }
}
