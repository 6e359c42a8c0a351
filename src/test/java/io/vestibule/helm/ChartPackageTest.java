package io.vestibule.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code helm package} makes needs no checkout beside it. */
final class ChartPackageTest {
  @TempDir private static Path directory;
  private static Path archive;

  @BeforeAll
  static void pack() throws IOException {
    Chart.linked().packageIt().withDestination(directory).call();
    try (Stream<Path> files = Files.list(directory)) {
      archive = files.findFirst().orElseThrow();
    }
  }

  @Test
  void archive_isNamedByItsVersion() {
    String version = Yaml.read(Chart.FOLDER.resolve("Chart.yaml")).path("version").asText();

    assertThat(archive).hasFileName("vestibule-" + version + ".tgz");
  }

  @Test
  void archive_rendersWhatTheCheckoutDoes_dashboardsAndAlertsToo() {
    String text = Chart.template(new Helm(archive), Chart.RELEASE, Chart.values("production"));

    assertThat(text).contains("kind: PrometheusRule", "vestibule-overview");
    assertThat(new Rendered(text).objects())
        .isEqualTo(
            Chart.scenario("production").objects().stream()
                .filter(object -> !object.path("kind").asText().equals("Pod"))
                .toList());
  }

  @Test
  void archive_hasItsTest_andNotThatOfTheProject() throws IOException {
    assertThat(content())
        .contains("vestibule/templates/tests/connection.yaml", "vestibule/README.md")
        .contains("vestibule/files/alerts.yaml", "vestibule/values.schema.json")
        .doesNotContain("vestibule/ci/", "minimal-values");
  }

  private static String content() throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(archive))) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
