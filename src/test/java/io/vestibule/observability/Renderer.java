package io.vestibule.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Takes pictures of dashboards, with Grafana's own components and a headless Chromium. */
final class Renderer {
  private static final Path SOURCE = Path.of("grafana/render");

  /** Where {@code .ci/run} installs what it stands on. */
  private static final Path PLACE = Path.of("target/render");

  private static final Duration LIMIT = Duration.ofSeconds(90);

  private Renderer() {}

  /** Builds the page from its source; needs no network. */
  static void build() throws IOException, InterruptedException {
    assertThat(PLACE.resolve("node_modules")).as("installed by .ci/run").isDirectory();
    try (Stream<Path> files = Files.walk(SOURCE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = PLACE.resolve(SOURCE.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Program.Ended build =
        Program.run(LIMIT, PLACE, "node", "node_modules/vite/bin/vite.js", "build");
    assertThat(build.exit()).as(build.said()).isZero();
  }

  /** One picture a dashboard, named as it is. */
  static Program.Ended shoot(
      Path dashboard, Path out, Prometheus prometheus, Variables variables, Duration range)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", "shot.mjs"));
    command.addAll(List.of("--prometheus", prometheus.base().toString()));
    command.addAll(List.of("--seconds", String.valueOf(range.toSeconds())));
    command.addAll(List.of("--out", out.toAbsolutePath().toString()));
    variables
        .values()
        .forEach((name, value) -> command.addAll(List.of("--variable", name + "=" + value)));
    command.add(dashboard.toAbsolutePath().toString());
    return Program.run(LIMIT, PLACE, command.toArray(String[]::new));
  }
}
