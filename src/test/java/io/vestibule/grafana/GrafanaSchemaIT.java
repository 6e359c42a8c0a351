package io.vestibule.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboards are what Grafana's own types say, and the check finds what they do not. */
@Tag("system")
final class GrafanaSchemaIT {
  private static final Path SOURCE = Path.of("grafana/schema");

  /** Where {@code .ci/run} installs the types. */
  private static final Path INSTALLED = Path.of("target/schema");

  /** What the check said, a line a fault. */
  private record Checked(int exitCode, String said) {}

  @BeforeAll
  static void standsBesideItsPackages() throws Exception {
    assertThat(INSTALLED.resolve("node_modules")).as("npm install --prefix target/schema").exists();
    for (String file : List.of("check.mjs", "types.ts")) {
      Files.copy(
          SOURCE.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Test
  void dashboards_areWhatGrafanasTypesSay() throws Exception {
    List<Path> files =
        GrafanaFiles.DASHBOARDS.stream()
            .map(name -> GrafanaFiles.folder().resolve(name + ".json"))
            .toList();

    assertThat(check(files)).isEqualTo(new Checked(0, ""));
  }

  @Test
  void whatGrafanasTypesDoNotHave_isFound(@TempDir Path folder) throws Exception {
    ObjectNode dashboard = (ObjectNode) GrafanaFiles.dashboard("overview");
    dashboard.put("refresh", 5);
    ObjectNode panel = (ObjectNode) dashboard.path("panels").path(1);
    panel.put("tagets", "misspelt");
    ((ObjectNode) panel.path("options")).put("colorMode", "loud");
    ((ObjectNode) panel.path("fieldConfig").path("defaults")).putObject("custom").put("x", 1);
    ((ObjectNode) panel.path("targets").path(0)).put("expression", "up");
    ObjectNode lines = (ObjectNode) dashboard.path("panels").path(8);
    ((ObjectNode) lines.path("fieldConfig").path("overrides").path(0).path("properties").path(0))
        .put("id", "custom.lineWith");
    Path file =
        Files.writeString(
            folder.resolve("broken.json"), new ObjectMapper().writeValueAsString(dashboard));

    Checked checked = check(List.of(file));

    assertThat(checked.exitCode()).isEqualTo(1);
    assertThat(checked.said())
        .contains("DashboardFile/refresh must be string")
        .contains("tagets")
        .contains("StatOptions/colorMode")
        .contains("stat has no custom fields")
        .contains("\"expression\"")
        .contains("\"lineWith\"");
  }

  private static Checked check(List<Path> files) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("node", INSTALLED.resolve("check.mjs").toString()));
    files.forEach(file -> command.add(file.toString()));
    Path log = Files.createTempFile("schema", ".log");
    Process check =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = check.waitFor(120, TimeUnit.SECONDS);
    check.destroyForcibly();
    assertThat(ended).as(Files.readString(log)).isTrue();
    return new Checked(check.exitValue(), Files.readString(log));
  }
}
