package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents of the interfaces are what OpenAPI 3.1 and AsyncAPI 3 allow, by a linter. */
@Tag("system")
final class ApiDocumentsIT {
  /** Where {@code .ci/run} installs it. */
  private static final Path LINTER = Path.of("target/npm/node_modules/.bin/redocly");

  @ParameterizedTest
  @ValueSource(strings = {"docs/openapi.yaml", "docs/asyncapi.yaml"})
  void document_isValid_withoutAWarning(String document) throws Exception {
    assertThat(LINTER).as("npm install --prefix target/npm @redocly/cli").exists();
    Path log = Files.createTempFile("lint", ".log");

    ProcessBuilder command =
        new ProcessBuilder(List.of(LINTER.toString(), "lint", document))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // It is to look at the document and at nothing on the network.
    command.environment().put("REDOCLY_TELEMETRY", "off");
    command.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
    Process lint = command.start();
    boolean ended = lint.waitFor(60, TimeUnit.SECONDS);
    lint.destroyForcibly();

    String said = Files.readString(log);
    assertThat(ended).as(said).isTrue();
    assertThat(lint.exitValue()).as(said).isZero();
    assertThat(said).contains("valid").doesNotContain("warning.");
  }
}
