package io.vestibule.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The alerts, and what is recorded for them. */
final class Rules {
  static final Path ALERTS = Path.of("grafana/alerts.yaml");
  static final Path ALERTS_TEST = Path.of("grafana/alerts_test.yaml");

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** One rule: the name of the alert or of what is recorded, and its expression. */
  record Rule(String name, String expression) {}

  private Rules() {}

  static List<Rule> all() throws IOException {
    List<Rule> rules = new ArrayList<>();
    for (JsonNode group : YAML.readTree(ALERTS.toFile()).path("groups")) {
      for (JsonNode rule : group.path("rules")) {
        String name = rule.path("alert").asText(rule.path("record").asText());
        rules.add(new Rule(name, rule.path("expr").asText()));
      }
    }
    if (rules.isEmpty()) {
      throw new IOException("no rules in " + ALERTS);
    }
    return rules;
  }
}
