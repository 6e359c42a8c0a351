package io.vestibule.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Prometheus' operator and Grafana are given is what lies in {@code grafana/}. */
final class ChartMonitoringTest {
  private static final Path DASHBOARDS = Path.of("grafana/dashboards");
  private static final Path ALERTS = Path.of("grafana/alerts.yaml");
  private static final String RUNBOOK = "docs/RUNBOOK.md";
  private static final String WIKI = "https://wiki.example/vestibule/RUNBOOK.md";

  @Test
  void rules_areTheProjectsOwn() {
    JsonNode spec = Chart.scenario("monitoring").only("PrometheusRule").path("spec");

    assertThat(spec).isEqualTo(Yaml.read(ALERTS));
  }

  @Test
  void rules_linkToTheRunbookWhereItIs() throws IOException {
    JsonNode spec = Chart.scenario("production").only("PrometheusRule").path("spec");

    assertThat(spec).isEqualTo(Yaml.read(Files.readString(ALERTS).replace(RUNBOOK, WIKI)));
    assertThat(spec.toString()).contains(WIKI).doesNotContain("\"" + RUNBOOK);
  }

  @Test
  void dashboards_areTheProjectsOwn_eachAConfigMapForTheSidecar() throws IOException {
    Rendered rendered = Chart.scenario("monitoring");

    assertThat(dashboards())
        .isNotEmpty()
        .allSatisfy(
            file -> {
              String name = file.getFileName().toString();
              JsonNode map = rendered.one("ConfigMap", "vestibule-" + name.replace(".json", ""));
              assertThat(map.path("data").properties()).hasSize(1);
              assertThat(map.path("data").path(name).asText().strip())
                  .isEqualTo(Files.readString(file).strip());
              assertThat(map.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
            });
    assertThat(rendered.all("ConfigMap")).hasSize(dashboards().size() + 1);
  }

  @Test
  void dashboards_linkToTheRunbookWhereItIs() {
    Rendered rendered = Chart.scenario("production");

    JsonNode map = rendered.one("ConfigMap", "vestibule-doors");

    assertThat(map.path("data").toString())
        .contains(WIKI)
        .doesNotContain("](" + RUNBOOK, "\\\"" + RUNBOOK);
    assertThat(map.at("/metadata/annotations/grafana_folder").asText()).isEqualTo("Vestibule");
  }

  @Test
  void labelOfTheSidecar_isTakenAsItIs() {
    String text = Chart.render("monitoring", "monitoring: {dashboards: {label: 'on'}}").text();

    assertThat(Yaml.readAllAsKubernetes(text))
        .filteredOn(one -> Rendered.name(one).equals("vestibule-doors"))
        .hasSize(1)
        .allMatch(one -> one.at("/metadata/labels/on").asText().equals("1"));
  }

  @Test
  void serviceMonitor_scrapesTheManagementServiceAlone() {
    Rendered rendered = Chart.scenario("monitoring");
    JsonNode spec = rendered.only("ServiceMonitor").path("spec");

    List<JsonNode> found =
        rendered
            .all("Service")
            .filter(
                service ->
                    Rendered.selects(
                        spec.at("/selector/matchLabels"), service.at("/metadata/labels")))
            .toList();

    assertThat(found).extracting(Rendered::name).containsExactly("vestibule-management");
    assertThat(found.get(0).at("/spec/ports/0/name")).isEqualTo(spec.at("/endpoints/0/port"));
    assertThat(spec.at("/endpoints/0/path").asText()).isEqualTo("/metrics");
  }

  @Test
  void job_isNamespaceAndRelease_andInstanceThePod() {
    JsonNode spec = Chart.scenario("monitoring").only("ServiceMonitor").path("spec");

    assertThat(spec.path("jobLabel").asText()).isEqualTo("app.kubernetes.io/instance");
    assertThat(spec.at("/endpoints/0/relabelings"))
        .isEqualTo(
            Yaml.read(
                """
                - {sourceLabels: [namespace, job], separator: /, targetLabel: job}
                - {sourceLabels: [__meta_kubernetes_pod_name], targetLabel: instance}
                """));
  }

  @Test
  void scrapes_comeAsOftenAsTheDashboardsReckonWith() {
    JsonNode prometheus = Yaml.read(Path.of("grafana/prometheus.yml"));

    assertThat(Chart.scenario("monitoring").only("ServiceMonitor").at("/spec/endpoints/0/interval"))
        .isEqualTo(prometheus.at("/global/scrape_interval"));
  }

  @Test
  void labels_areThoseThatPrometheusLooksFor() {
    Rendered rendered = Chart.scenario("production");

    assertThat(Stream.of("ServiceMonitor", "PrometheusRule").map(rendered::only))
        .allMatch(one -> one.at("/metadata/labels/release").asText().equals("prometheus"));
  }

  @Test
  void labelsOfOnesOwn_leaveTheChartsOwnAlone() {
    Rendered rendered =
        Chart.render(
            "monitoring",
            "monitoring: {serviceMonitor: {labels: {app.kubernetes.io/name: other}}}");

    assertThat(rendered.only("ServiceMonitor").at("/metadata/labels"))
        .isEqualTo(rendered.only("PrometheusRule").at("/metadata/labels"));
  }

  private static List<Path> dashboards() throws IOException {
    try (Stream<Path> files = Files.list(DASHBOARDS)) {
      return files.toList();
    }
  }
}
