package io.vestibule.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.testing.GeneratedDoc;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigDocTest {
  private static final String HEAD =
      """
      # Configuration

      <!-- Made from io.vestibule.config.Key by ConfigDocTest; change it there. -->

      `serve --config FILE` reads a YAML file. Each key may also stand in the environment, which wins.
      Both names are below; a list in the environment is separated by commas. Relative paths start
      from the file's directory, in the environment from the working directory.

      Unknown keys and `VESTIBULE_` variables are refused, and so are YAML anchors. All faults are told
      at once, each with the key, what was found and what is expected; the exit code is 78. Variables
      that Kubernetes sets for a Service called `vestibule` are passed over.

      Times are written `500ms`, `8s` or `1m`; rates `1/s`, `15/m` or `100/h`. Two listeners never
      share a port, except 0.

      The smallest file:

      ```yaml
      mqtt:
        tls:
          certificate: server.pem
          key: server-key.pem
          client-ca: ca.pem
      auth:
        issuer: https://login.example
        audience: vestibule
        jwks: https://login.example/jwks.json
      signing:
        key: signing-key.pem
      ```
      """;

  @Test
  void configDocument_equalsTheCatalogue() {
    String sections =
        Stream.of(Key.values())
            .collect(Collectors.groupingBy(ConfigDocTest::section))
            .entrySet()
            .stream()
            .sorted((a, b) -> a.getValue().get(0).compareTo(b.getValue().get(0)))
            .map(entry -> section(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());

    GeneratedDoc.check("docs/CONFIG.md", HEAD + sections);
  }

  @Test
  void everyKey_hasADescriptionAndAnExpectation() {
    assertThat(Key.values())
        .allSatisfy(
            key -> {
              assertThat(key.description()).endsWith(".").doesNotContain("|");
              assertThat(key.expectation()).isNotBlank().doesNotContain("|");
            });
  }

  private static String section(Key key) {
    return key.dotted().substring(0, key.dotted().indexOf('.'));
  }

  private static String section(String name, List<Key> keys) {
    return "\n## "
        + name
        + "\n\n| key, variable | default | what it is | expected |\n| --- | --- | --- | --- |\n"
        + keys.stream().map(ConfigDocTest::row).collect(Collectors.joining());
  }

  private static String row(Key key) {
    String fallback =
        key.fallback().isEmpty()
            ? "**required**"
            : key.fallback().contains("`") || key.fallback().contains(" ")
                ? key.fallback()
                : "`" + key.fallback() + "`";
    return "| `%s`<br>`%s` | %s | %s | %s |\n"
        .formatted(key.dotted(), key.environment(), fallback, key.description(), key.expectation());
  }
}
