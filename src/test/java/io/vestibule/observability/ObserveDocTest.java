package io.vestibule.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.vestibule.observability.Grafana.Dashboard;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/OBSERVE.md and the files that it hands to Prometheus and Grafana say the same. */
final class ObserveDocTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Path PROVISIONING = Path.of("grafana/provisioning");

  @Test
  void dataSource_isWherePrometheusListens_andHasItsInterval() throws IOException {
    JsonNode source =
        yaml(PROVISIONING.resolve("datasources/prometheus.yaml")).path("datasources").get(0);
    JsonNode prometheus = yaml(Path.of("grafana/prometheus.yml"));

    assertThat(doc())
        .contains("--web.listen-address=" + URI.create(source.path("url").asText()).getAuthority());
    assertThat(source.path("jsonData").path("timeInterval").asText())
        .isEqualTo(prometheus.path("global").path("scrape_interval").asText());
  }

  @Test
  void target_isWhereTheDemoShowsItsMetrics() throws IOException {
    JsonNode job = yaml(Path.of("grafana/prometheus.yml")).path("scrape_configs").get(0);
    URI target =
        URI.create("http://" + job.path("static_configs").get(0).path("targets").get(0).asText());

    assertThat(doc()).contains("--management-port " + target.getPort());
  }

  @Test
  void variableOfTheDashboardsPlace_isSet() throws IOException {
    JsonNode provider =
        yaml(PROVISIONING.resolve("dashboards/vestibule.yaml")).path("providers").get(0);
    String variable = provider.path("options").path("path").asText();

    assertThat(variable).startsWith("$");
    assertThat(doc())
        .contains(variable.substring(1) + "=\"$PWD/" + Grafana.DASHBOARDS + "\"")
        .contains("GF_PATHS_PROVISIONING=\"$PWD/" + PROVISIONING + "\"");
  }

  @Test
  void everyDashboard_isInTheTable_withItsPicture() throws IOException {
    for (Dashboard dashboard : Grafana.dashboards()) {
      assertThat(doc()).contains("(pictures/" + dashboard.name() + ".png)");
    }
  }

  @Test
  void prometheus_keepsWhatTheLongestPanelLooksBack() throws IOException {
    assertThat(Grafana.targets()).anyMatch(target -> target.expression().contains("[30d]"));
    assertThat(doc()).contains("  --storage.tsdb.retention.time=35d ");
  }

  @Test
  void runbooksAddress_isPutIn_asTheReadmeSays() throws IOException {
    assertThat(Files.readString(Path.of("grafana/README.md")).lines())
        .filteredOn(line -> line.startsWith("sed "))
        .singleElement()
        .satisfies(line -> assertThat(doc()).contains(line));
  }

  private static JsonNode yaml(Path file) throws IOException {
    return YAML.readTree(file.toFile());
  }

  private static String doc() throws IOException {
    return Files.readString(Path.of("docs/OBSERVE.md"));
  }
}
