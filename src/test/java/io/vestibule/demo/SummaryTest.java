package io.vestibule.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.client.Gateway;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SummaryTest {
  @Test
  void whereNext_namesWhatCanBeLookedAt_andATokenForIt() {
    Stage stage =
        new Stage(
            URI.create("http://127.0.0.1:1"),
            URI.create("http://127.0.0.1:2"),
            new Gateway("127.0.0.1", 3),
            Path.of(""),
            (tenant, scope) -> "unused",
            15);
    Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), false, false);

    assertThat(new Summary(terminal).whereNext(stage, "a-token"))
        .contains(
            "  metrics  http://127.0.0.1:2/metrics",
            "  health   http://127.0.0.1:2/health",
            "  doors    mqtts://127.0.0.1:3",
            "TOKEN=a-token")
        .anyMatch(line -> line.startsWith("curl ") && line.contains("$TOKEN"));
  }
}
