package io.vestibule.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Debian's Prometheus with the project's own configuration, on a free port of the loopback. */
final class PrometheusProcess implements AutoCloseable {
  /** What the dashboards' rates reckon with; the shipped file says 15 s. */
  static final Duration SCRAPE_INTERVAL = Duration.ofSeconds(1);

  private static final Path CONFIG = Path.of("grafana/prometheus.yml");
  private static final Pattern LISTENING =
      Pattern.compile("msg=\"Listening on\" address=(127\\.0\\.0\\.1:\\d+)");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final Process process;
  private final Path directory;

  private PrometheusProcess(Process process, Path directory) {
    this.process = process;
    this.directory = directory;
  }

  /** Scrapes that address, every second, and evaluates the alerts as often. */
  static PrometheusProcess start(URI metrics) throws IOException {
    Path directory = Files.createTempDirectory("prometheus");
    Files.copy(Rules.ALERTS, directory.resolve(Rules.ALERTS.getFileName()));
    YAML.writeValue(directory.resolve("prometheus.yml").toFile(), config(metrics));
    Process process =
        new ProcessBuilder(
                List.of(
                    "prometheus",
                    "--config.file=prometheus.yml",
                    "--storage.tsdb.path=data",
                    "--web.listen-address=127.0.0.1:0",
                    "--enable-feature=exemplar-storage"))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    return new PrometheusProcess(process, directory);
  }

  private static ObjectNode config(URI metrics) throws IOException {
    ObjectNode config = (ObjectNode) YAML.readTree(CONFIG.toFile());
    String interval = SCRAPE_INTERVAL.toSeconds() + "s";
    config.withObject("/global").put("scrape_interval", interval);
    config.withObject("/global").put("evaluation_interval", interval);
    ObjectNode job = (ObjectNode) config.path("scrape_configs").get(0);
    ((ObjectNode) job.path("static_configs").get(0))
        .putArray("targets")
        .add(metrics.getAuthority());
    return config;
  }

  /** Waits until it listens. */
  Prometheus ready() {
    String address =
        await()
            .atMost(Duration.ofSeconds(30))
            .pollInterval(Duration.ofMillis(50))
            .failFast(() -> assertThat(process.isAlive()).as(log()).isTrue())
            .until(this::address, Optional::isPresent)
            .orElseThrow();
    return new Prometheus(URI.create("http://" + address));
  }

  private Optional<String> address() throws IOException {
    Matcher line = LISTENING.matcher(log());
    return line.find() ? Optional.of(line.group(1)) : Optional.empty();
  }

  private String log() throws IOException {
    return Files.readString(directory.resolve("log"));
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    process.destroyForcibly().onExit().join();
    Files.walkFileTree(directory, new Deletion());
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure)
        throws IOException {
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
