package io.vestibule.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every alert is whole, is in the runbook, and has a case that fires and one that is silent. */
final class AlertsTest {
  private final AlertRules rules = new AlertRules(GrafanaFiles.known(), Runbook.headings());

  @ParameterizedTest
  @MethodSource("alerts")
  void alert_keepsTheRules(String name, JsonNode alert) {
    assertThat(rules.faults(alert)).as(name).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void alert_hasACaseThatFires_andOneThatIsSilent(String name, JsonNode alert) {
    List<JsonNode> cases = cases(alert.path("alert").asText());
    String window = alert.path("labels").path("window").asText();

    assertThat(cases)
        .as(name)
        .anyMatch(tested -> fired(tested).anyMatch(labels -> window(labels).equals(window)))
        .anyMatch(tested -> fired(tested).findAny().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void runbooksIndex_hasTheAlert_withItsSeverity(String name, JsonNode alert) {
    String row =
        "| [%s](#%s) | %s |"
            .formatted(
                alert.path("alert").asText(),
                alert.path("alert").asText().toLowerCase(Locale.ROOT),
                alert.path("labels").path("severity").asText());

    assertThat(Runbook.text()).as(name).contains(row);
  }

  @Test
  void cases_areOfAlertsThatExist() {
    Set<String> names =
        alerts().map(alert -> alert.get()[0].toString()).collect(Collectors.toSet());

    assertThat(
            GrafanaFiles.cases().stream()
                .flatMap(one -> one.findValuesAsText("alertname").stream()))
        .isNotEmpty()
        .allMatch(name -> names.stream().anyMatch(known -> known.startsWith(name)));
  }

  @Test
  void whatIsRecorded_keepsTheRules() {
    ExpressionRules expressions = new ExpressionRules(GrafanaFiles.known());

    assertThat(GrafanaFiles.recorded())
        .isNotEmpty()
        .allSatisfy(rule -> assertThat(expressions.ofARule(rule.path("expr").asText())).isEmpty())
        .allMatch(rule -> rule.path("record").asText().matches("job:vestibule_\\w+:\\w+"));
  }

  @ParameterizedTest
  @MethodSource("breakages")
  void rules_findWhatBreaksThem(String fault, String field, String value) {
    ObjectNode alert = GrafanaFiles.alerts().get(0).deepCopy();
    ObjectNode inside = alert;
    String[] path = field.split("/");
    for (int depth = 0; depth < path.length - 1; depth++) {
      inside = (ObjectNode) inside.path(path[depth]);
    }

    inside.put(path[path.length - 1], value);

    assertThat(rules.faults(alert)).anyMatch(found -> found.contains(fault));
  }

  static Stream<Arguments> breakages() {
    return Stream.of(
        Arguments.of("name", "alert", "redis_gone"),
        Arguments.of("no heading", "alert", "VestibuleNowhere"),
        Arguments.of("severity", "labels/severity", "critical"),
        Arguments.of("summary", "annotations/summary", ""),
        Arguments.of("description", "annotations/description", ""),
        Arguments.of("runbook_url", "annotations/runbook_url", "docs/RUNBOOK.md#elsewhere"),
        Arguments.of("for is under", "for", "1m"),
        Arguments.of("for is under", "for", ""),
        Arguments.of("unknown metric", "expr", "vestibule_redy == 0"));
  }

  static Stream<Arguments> alerts() {
    return GrafanaFiles.alerts().stream()
        .map(
            alert ->
                Arguments.of(alert.path("alert").asText() + window(alert.path("labels")), alert));
  }

  private static List<JsonNode> cases(String name) {
    return GrafanaFiles.cases().stream()
        .flatMap(one -> GrafanaFiles.list(one.path("alert_rule_test")).stream())
        .filter(tested -> tested.path("alertname").asText().equals(name))
        .toList();
  }

  private static Stream<JsonNode> fired(JsonNode tested) {
    return GrafanaFiles.list(tested.path("exp_alerts")).stream()
        .map(alert -> alert.path("exp_labels"));
  }

  private static String window(JsonNode labels) {
    return labels.path("window").asText();
  }
}
