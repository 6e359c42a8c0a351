package io.vestibule.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vestibule.observability.Grafana.Dashboard;
import io.vestibule.observability.Grafana.Target;
import io.vestibule.testing.DemoProcess;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Debian's Prometheus beside a running demo: every question of the dashboards and the alerts is
 * asked, and every dashboard drawn.
 */
@Tag("system")
final class DashboardsIT {
  /** What Micrometer calls two of its own metrics, which is known under these names. */
  private static final List<String> NAMED_BY_LIBRARIES =
      List.of(
          "process_cpu_time_ns_total metric names should not contain abbreviated units",
          "system_cpu_count non-histogram and non-summary metrics should not have \"_count\" suffix");

  private static final int DOOR_COUNT = 40;
  // Every scene has been played when the first panel is looked at.
  private static final Duration PLAY = Duration.ofSeconds(60);
  private static final Duration DATA = Duration.ofSeconds(60);
  // The registered doors are counted shard by shard, and until then are no number.
  private static final String ENOUGH =
      "count_over_time(up[10m]) >= %d and on (instance) vestibule_doors_registered >= 0"
          .formatted(DATA.toSeconds());
  private static final Path PICTURES = Path.of("target/pictures");
  private static final Path DOCS = Path.of("docs/pictures");
  private static final int PICTURE_BYTES_MAX = 400_000;
  private static final int COLORS_MIN = 40;

  private static DemoProcess demo;
  private static PrometheusProcess process;
  private static Prometheus prometheus;
  private static URI metrics;
  private static long startedNanos;

  @BeforeAll
  static void play() throws Exception {
    demo = DemoProcess.start(DOOR_COUNT, PLAY);
    metrics = demo.metrics();
    startedNanos = System.nanoTime();
    process = PrometheusProcess.start(metrics);
    prometheus = process.ready();
    Renderer.build();
    await()
        .atMost(DATA.plusSeconds(45))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> prometheus.count(ENOUGH) == 1);
  }

  @AfterAll
  static void end() throws Exception {
    if (process != null) {
      process.close();
    }
    demo.close();
  }

  @Test
  void everyPanel_hasAnswers() throws Exception {
    Answers answers = Answers.of(prometheus);
    List<String> problems = new ArrayList<>();

    for (Dashboard dashboard : Grafana.dashboards()) {
      Variables variables = Variables.of(dashboard, prometheus, range());
      for (Target target : Grafana.targets(dashboard)) {
        problems.addAll(answers.problems(target, variables, range()));
      }
    }

    assertThat(problems).isEmpty();
  }

  @Test
  void everyRule_isEvaluated_onSeriesThatAreThere() throws Exception {
    Answers answers = Answers.of(prometheus);
    List<String> problems = new ArrayList<>(prometheus.ailingRules());

    for (Rules.Rule rule : Rules.all()) {
      problems.addAll(answers.problems(rule));
    }

    assertThat(problems).isEmpty();
  }

  @Test
  void everyDashboard_isDrawn_fromWhatIsThere() throws Exception {
    StringBuilder said = new StringBuilder();

    for (Dashboard dashboard : Grafana.dashboards()) {
      Variables variables = Variables.of(dashboard, prometheus, range());
      said.append(
          Renderer.shoot(dashboard.file(), PICTURES, prometheus, variables, range()).said());
    }

    assertThat(said).isEmpty();
    for (Dashboard dashboard : Grafana.dashboards()) {
      assertPicture(PICTURES.resolve(dashboard.name() + ".png"));
    }
  }

  @Test
  void whatHasNoAnswer_orCannotBeDrawn_isSaid() throws Exception {
    Dashboard broken =
        Grafana.dashboard(Path.of("src/test/resources/io/vestibule/observability/broken.json"));
    Variables variables = Variables.of(broken, prometheus, range());
    List<String> problems = new ArrayList<>();
    for (Target target : Grafana.targets(broken)) {
      problems.addAll(Answers.of(prometheus).problems(target, variables, range()));
    }

    Program.Ended shot = Renderer.shoot(broken.file(), PICTURES, prometheus, variables, range());

    assertThat(String.join("\n", problems))
        .contains("broken / Unknown metric: unknown metric vestibule_nothing_total")
        .contains("broken / No such label: no series up{job=\"nobody\"}")
        .contains("broken / Never: no data for up > 1")
        .contains("broken / Not an expression: ")
        .contains("broken / Nothing measured: no data for (0 * sum by (le)");
    assertThat(shot.exit()).isEqualTo(1);
    assertThat(shot.said())
        .contains("broken: Unknown metric: no data", "broken: Not an expression: ")
        .contains("broken: Unknown panel: panels of type piechart cannot be drawn")
        .contains("broken: Nothing measured: no bucket has anything in it");
  }

  @Test
  void scrape_passesPrometheusOwnLint() throws Exception {
    Path scrape = Files.createTempFile("scrape", ".txt");
    HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofFile(scrape));

    Program.Ended lint =
        Program.run(Duration.ofSeconds(30), Path.of("."), scrape, "promtool", "check", "metrics");

    Files.delete(scrape);
    assertThat(lint.said().lines()).isSubsetOf(NAMED_BY_LIBRARIES);
  }

  /** All that there is: doors connect in the first seconds, and hardly again. */
  private static Duration range() {
    return Duration.ofSeconds(Duration.ofNanos(System.nanoTime() - startedNanos).toSeconds());
  }

  /** Kept for the documents where they are asked to be made anew. */
  private static void assertPicture(Path picture) throws IOException {
    Path kept = DOCS.resolve(picture.getFileName());
    assertThat(Files.size(picture)).as("%s", picture).isLessThan(PICTURE_BYTES_MAX);
    assertThat(colorCount(picture)).as("%s", picture).isGreaterThan(COLORS_MIN);
    if (Boolean.getBoolean("vestibule.docs.write")) {
      Files.createDirectories(DOCS);
      Files.copy(picture, kept, StandardCopyOption.REPLACE_EXISTING);
    }
    assertThat(kept).as("make it with -Dvestibule.docs.write=true").exists();
  }

  private static long colorCount(Path picture) throws IOException {
    BufferedImage image = ImageIO.read(picture.toFile());
    return IntStream.range(0, image.getHeight())
        .flatMap(y -> IntStream.range(0, image.getWidth()).map(x -> image.getRGB(x, y)))
        .distinct()
        .count();
  }
}
