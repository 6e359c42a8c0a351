package io.vestibule.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the forge runs: nothing that others can change under our feet, and with few rights. */
final class WorkflowsTest {
  private static final Path WORKFLOWS = Path.of(".github/workflows");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  static List<Path> workflows() throws IOException {
    try (Stream<Path> files = Files.list(WORKFLOWS)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void actions_arePinnedByCommit_withTheirVersionBeside(Path workflow) throws IOException {
    assertThat(Files.readString(workflow).lines().map(String::strip))
        .filteredOn(line -> line.contains("uses: ") && !line.contains("uses: ./"))
        .allMatch(line -> line.matches("(- )?uses: [\\w/-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void rights_areToReadAlone_unlessAJobAsksForMore(Path workflow) throws IOException {
    JsonNode permissions = YAML.readTree(workflow.toFile()).path("permissions");

    assertThat(permissions).hasToString("{\"contents\":\"read\"}");
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void jobs_endByThemselves(Path workflow) throws IOException {
    assertThat(YAML.readTree(workflow.toFile()).path("jobs"))
        .isNotEmpty()
        .allMatch(job -> job.has("uses") || job.path("timeout-minutes").intValue() > 0);
  }

  @Test
  void tests_haveTheWholeHistory_asTheyBuildTheVersionBefore() throws IOException {
    List<JsonNode> checkouts =
        YAML.readTree(WORKFLOWS.resolve("ci.yml").toFile()).findParents("uses").stream()
            .filter(step -> step.path("uses").asText().startsWith("actions/checkout@"))
            .toList();

    assertThat(checkouts).isNotEmpty().allMatch(step -> step.at("/with/fetch-depth").asInt(1) == 0);
  }

  @Test
  void image_isMadeOfTheJdkThatIsSetUp() throws IOException {
    JsonNode run =
        YAML.readTree(WORKFLOWS.resolve("ci.yml").toFile()).findParents("run").stream()
            .filter(step -> step.path("run").asText().equals(".ci/run"))
            .findFirst()
            .orElseThrow();

    assertThat(run.at("/env/JAVA_HOME_25").asText()).isEqualTo("${{ env.JAVA_HOME_25_X64 }}");
    assertThat(Files.readString(Path.of(".ci/image"))).contains("${JAVA_HOME_25:-}");
  }

  @Test
  void eachChange_runsWhatIsRunByHand() throws IOException {
    assertThat(YAML.readTree(WORKFLOWS.resolve("ci.yml").toFile()).findValuesAsText("run"))
        .contains(".ci/run");
  }
}
