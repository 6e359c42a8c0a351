package io.vestibule.grafana;

import static io.vestibule.grafana.GrafanaFiles.list;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What is asked of every panel. */
final class PanelRules {
  private static final int DESCRIPTION_LENGTH_MIN = 40;
  private static final String DATASOURCE = "${datasource}";
  private static final Set<String> TYPES =
      Set.of("timeseries", "stat", "gauge", "bargauge", "heatmap", "table", "text");
  private static final Set<String> UNITS =
      Set.of(
          "short",
          "s",
          "percentunit",
          "percent",
          "ops",
          "reqps",
          "bytes",
          "dBm",
          "dtdurations",
          "bool_yes_no",
          "suffix:x");

  /** Told apart by eyes that do not tell red from green. */
  private static final Set<String> COLOURS =
      Set.of("#56B4E9", "#E69F00", "#D55E00", "#CC79A7", "#999999", "#009E73");

  /**
   * A door is registered with all gateways and connected to one: of some gateways alone the others'
   * doors would be offline. A gateway that is gone is none of those to choose.
   */
  static final Set<String> OF_THE_FLEET =
      Set.of("Doors connected", "Doors offline", "How many doors are connected?", "Gateways ready");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)]*)\\)");

  private final ExpressionRules expressions;
  private final List<String> anchors;

  PanelRules(ExpressionRules expressions, List<String> anchors) {
    this.expressions = expressions;
    this.anchors = anchors;
  }

  /** Each a line that names the panel; none where all is well. */
  List<String> faults(JsonNode panel) {
    List<String> faults = new ArrayList<>();
    looks(panel, faults);
    description(panel.path("description").asText(), faults);
    colours(panel, faults);
    targets(panel, faults);
    return faults.stream().map(fault -> panel.path("title").asText() + ": " + fault).toList();
  }

  private static void looks(JsonNode panel, List<String> faults) {
    JsonNode defaults = panel.path("fieldConfig").path("defaults");
    when(panel.path("title").asText().isBlank(), "no title", faults);
    when(!TYPES.contains(panel.path("type").asText()), "type is not drawn", faults);
    when(!UNITS.contains(defaults.path("unit").asText()), "unit", faults);
    boolean bound = defaults.path("thresholds").path("steps").size() > 1;
    boolean hidden =
        defaults.path("custom").path("thresholdsStyle").path("mode").asText("off").equals("off");
    boolean lines = panel.path("type").asText().equals("timeseries");
    when(lines && bound && hidden, "a bound without its line", faults);
  }

  private void description(String text, List<String> faults) {
    when(text.length() < DESCRIPTION_LENGTH_MIN, "description", faults);
    when(!text.contains("Bad: "), "does not say what bad looks like", faults);
    List<String> links =
        LINK.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
    when(links.isEmpty(), "no link to the runbook", faults);
    for (String link : links) {
      boolean whole = link.equals(Runbook.FILE);
      boolean heading =
          link.startsWith(Runbook.FILE + "#")
              && anchors.contains(link.substring(Runbook.FILE.length() + 1));
      when(!whole && !heading, "no such heading: " + link, faults);
    }
  }

  private static void colours(JsonNode panel, List<String> faults) {
    List<String> used = new ArrayList<>();
    used.addAll(panel.path("fieldConfig").findValuesAsText("fixedColor"));
    panel
        .path("fieldConfig")
        .findValues("steps")
        .forEach(steps -> used.addAll(steps.findValuesAsText("color")));
    used.removeAll(COLOURS);
    when(!used.isEmpty(), "colours " + used, faults);
  }

  private void targets(JsonNode panel, List<String> faults) {
    Set<String> ids = new HashSet<>();
    List<JsonNode> targets = list(panel.path("targets"));
    when(targets.isEmpty(), "no query", faults);
    source(panel, faults);
    for (JsonNode target : targets) {
      String expression = target.path("expr").asText();
      source(target, faults);
      when(!ids.add(target.path("refId").asText()), "refId twice", faults);
      when(targets.size() > 1 && target.path("legendFormat").asText().isBlank(), "legend", faults);
      heatmap(panel, target, faults);
      faults.addAll(
          expressions.ofAPanel(expression, OF_THE_FLEET.contains(panel.path("title").asText())));
    }
  }

  private static void source(JsonNode of, List<String> faults) {
    when(!of.path("datasource").path("uid").asText().equals(DATASOURCE), "datasource", faults);
  }

  private static void heatmap(JsonNode panel, JsonNode target, List<String> faults) {
    boolean map = panel.path("type").asText().equals("heatmap");
    boolean format = target.path("format").asText().equals("heatmap");
    boolean buckets = target.path("expr").asText().startsWith("sum by (le) (rate(");
    when(map != format, "format heatmap", faults);
    when(map && !buckets, "a heat map of something else than buckets", faults);
  }

  private static void when(boolean wrong, String fault, List<String> faults) {
    if (wrong) {
      faults.add(fault);
    }
  }
}
