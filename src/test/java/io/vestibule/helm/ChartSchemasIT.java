package io.vestibule.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every object of every scenario has what the schemas of its kind ask for, in the types that they
 * say. What they do not know is found without them, by {@link KubernetesForms}.
 */
@Tag("system")
final class ChartSchemasIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where {@code .ci/run} installs the schemas. */
  private static final Path INSTALLED = Path.of("target/kubernetes");

  private static final Path CHECK = INSTALLED.resolve("check.mjs");

  /** What the check said, a line a fault. */
  private record Checked(int exitCode, String said) {}

  static List<String> scenarios() {
    return Chart.scenarios();
  }

  @BeforeAll
  static void standsBesideItsPackages() throws Exception {
    assertThat(INSTALLED.resolve("node_modules"))
        .as("npm install --prefix target/kubernetes")
        .exists();
    Files.copy(Path.of("helm/schema/check.mjs"), CHECK, StandardCopyOption.REPLACE_EXISTING);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void objects_haveWhatTheirSchemasAskFor(String scenario) throws Exception {
    List<JsonNode> objects = Chart.scenario(scenario).objects();

    assertThat(objects).isNotEmpty();
    assertThat(check(objects)).isEqualTo(new Checked(0, ""));
  }

  @Test
  void whatIsMissing_ofAnotherType_orUnknown_isFound() throws Exception {
    ObjectNode deployment = Chart.scenario("minimal").gateway().deepCopy();
    ((ObjectNode) deployment.at("/spec/template/spec/containers/0")).remove("name");
    ObjectNode map =
        Chart.scenario("minimal").all("ConfigMap").findFirst().orElseThrow().deepCopy();
    ((ObjectNode) map.path("data")).put("count", 5);
    ObjectNode certificate =
        Chart.scenario("cert-manager").all("Certificate").findFirst().orElseThrow().deepCopy();
    ((ObjectNode) certificate.path("spec")).remove("issuerRef");
    ObjectNode unknown = map.deepCopy();
    unknown.put("kind", "ConfigMop");

    Checked checked = check(List.of(deployment, map, certificate, unknown));

    assertThat(checked.exitCode()).isEqualTo(1);
    assertThat(checked.said().lines())
        .hasSize(4)
        .anyMatch(line -> line.matches("Deployment .*containers/0 must have.* name"))
        .anyMatch(line -> line.matches("ConfigMap .*data/count must be string"))
        .anyMatch(line -> line.matches("Certificate .*must have.* issuerRef"))
        .anyMatch(line -> line.startsWith("ConfigMop "));
  }

  private static Checked check(List<JsonNode> objects) throws Exception {
    Path rendered = Files.createTempFile("rendered", ".json");
    Path said = Files.createTempFile("rendered", ".log");
    ArrayNode array = JSON.createArrayNode().addAll(objects);
    Files.writeString(rendered, JSON.writeValueAsString(array));
    Process check =
        new ProcessBuilder("node", CHECK.toString())
            .redirectInput(rendered.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    boolean ended = check.waitFor(60, TimeUnit.SECONDS);
    check.destroyForcibly();
    assertThat(ended).as(Files.readString(said)).isTrue();
    return new Checked(check.exitValue(), Files.readString(said));
  }
}
