package io.vestibule.grafana;

import static io.vestibule.grafana.GrafanaFiles.list;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is asked of every dashboard as a whole. */
final class DashboardRules {
  private static final int SCHEMA_VERSION = 42;
  private static final int PANEL_COUNT_MAX = 16;
  private static final int COLUMNS = 24;
  private static final List<String> VARIABLES = List.of("datasource", "job", "instance");

  private final String name;
  private final JsonNode dashboard;
  private final PanelRules panelRules;
  private final List<String> faults = new ArrayList<>();

  private DashboardRules(String name, JsonNode dashboard, KnownSeries known) {
    this.name = name;
    this.dashboard = dashboard;
    this.panelRules = new PanelRules(new ExpressionRules(known), Runbook.anchors());
  }

  /** Each a line; none where all is well. */
  static List<String> faults(String name, JsonNode dashboard, KnownSeries known) {
    DashboardRules rules = new DashboardRules(name, dashboard, known);
    rules.head();
    rules.variables();
    rules.panels();
    return rules.faults;
  }

  private void head() {
    is(dashboard.path("uid").asText().equals("vestibule-" + name), "uid is not vestibule-" + name);
    is(dashboard.path("title").asText().startsWith("Vestibule / "), "title");
    is(dashboard.path("schemaVersion").asInt() == SCHEMA_VERSION, "schemaVersion");
    is(dashboard.path("refresh").asText().equals("30s"), "refresh is not 30s");
    is(dashboard.path("time").path("from").asText().equals("now-1h"), "time is not the last hour");
    is(texts(dashboard.path("tags")).contains("vestibule"), "tag vestibule");
    is(!dashboard.path("description").asText().isBlank(), "description of the dashboard");
    is(
        list(dashboard.path("links")).stream()
            .anyMatch(link -> texts(link.path("tags")).contains("vestibule")),
        "link to the other dashboards");
    list(dashboard.path("links")).forEach(this::link);
  }

  private void variables() {
    List<JsonNode> variables = list(dashboard.path("templating").path("list"));
    is(
        variables.stream().map(one -> one.path("name").asText()).toList().equals(VARIABLES),
        "variables are not " + VARIABLES);
    for (JsonNode variable : variables) {
      String name = variable.path("name").asText();
      boolean several =
          variable.path("multi").asBoolean() && variable.path("includeAll").asBoolean();
      is(several == name.equals("instance"), "several values of " + name);
      is(
          name.equals("datasource")
              ? variable.path("type").asText().equals("datasource")
              : variable.path("query").asText().startsWith("label_values(vestibule_ready"),
          "values of " + name);
    }
  }

  private void panels() {
    List<JsonNode> all = list(dashboard.path("panels"));
    List<JsonNode> panels = all.stream().filter(panel -> !isRow(panel)).toList();
    unique(all.stream().map(panel -> panel.path("id").asText()).toList(), "id");
    unique(panels.stream().map(panel -> panel.path("title").asText()).toList(), "title");
    is(panels.size() <= PANEL_COUNT_MAX, panels.size() + " panels");
    is(!all.isEmpty() && isRow(all.get(0)), "a panel before the first row");
    places(all);
    panels.forEach(panel -> faults.addAll(panelRules.faults(panel)));
    panels.stream().flatMap(panel -> list(panel.path("links")).stream()).forEach(this::link);
  }

  private void places(List<JsonNode> panels) {
    Set<String> taken = new HashSet<>();
    for (JsonNode panel : panels) {
      JsonNode place = panel.path("gridPos");
      int left = place.path("x").asInt(-1);
      int right = left + place.path("w").asInt();
      is(left >= 0 && right > left && right <= COLUMNS, "outside of the grid: " + title(panel));
      int top = place.path("y").asInt();
      boolean free = true;
      for (int y = top; y < top + place.path("h").asInt(); y++) {
        for (int x = left; x < right; x++) {
          free &= taken.add(x + "," + y);
        }
      }
      is(free, "over another panel: " + title(panel));
    }
  }

  private void link(JsonNode link) {
    String url = link.path("url").asText();
    boolean resolves =
        link.path("type").asText().equals("dashboards")
            || url.equals(Runbook.FILE)
            || GrafanaFiles.DASHBOARDS.stream().anyMatch(one -> url.equals("/d/vestibule-" + one));
    is(resolves, "a link to nowhere: " + url);
  }

  private void unique(List<String> values, String what) {
    Set<String> seen = new HashSet<>();
    Optional<String> twice = values.stream().filter(value -> !seen.add(value)).findFirst();
    is(twice.isEmpty(), what + " twice: " + twice.orElse(""));
  }

  private void is(boolean right, String fault) {
    if (!right) {
      faults.add(fault);
    }
  }

  private static boolean isRow(JsonNode panel) {
    return panel.path("type").asText().equals("row");
  }

  private static String title(JsonNode panel) {
    return panel.path("title").asText();
  }

  private static Set<String> texts(JsonNode array) {
    return list(array).stream().map(JsonNode::asText).collect(Collectors.toSet());
  }
}
