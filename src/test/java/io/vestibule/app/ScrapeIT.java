package io.vestibule.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.access.DoorId;
import io.vestibule.app.pki.DevPki;
import io.vestibule.app.pki.PkiFiles;
import io.vestibule.config.Config;
import io.vestibule.config.ConfigReader;
import io.vestibule.metrics.Borrowed;
import io.vestibule.metrics.Catalogue;
import io.vestibule.metrics.Gauge;
import io.vestibule.metrics.Metric;
import io.vestibule.testing.HttpApi;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway shows is what is documented, and the other way round. */
class ScrapeIT {
  private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");

  /** Beside a histogram or a summary, of the last minutes. */
  private static final String GREATEST = "_max";

  @SuppressWarnings("NullAway.Init") // before all tests
  private static Gateway gateway;

  @SuppressWarnings("NullAway.Init") // before all tests
  private static String scrape;

  @BeforeAll
  static void start(@TempDir Path dir) throws Exception {
    DevPki.create(dir, List.of(new DoorId("door-1")));
    Map<String, String> ports =
        Map.of(
            "VESTIBULE_HTTP_HOST", "127.0.0.1",
            "VESTIBULE_HTTP_PORT", "0",
            "VESTIBULE_MQTT_HOST", "127.0.0.1",
            "VESTIBULE_MQTT_TLS_PORT", "0",
            "VESTIBULE_MANAGEMENT_HOST", "127.0.0.1",
            "VESTIBULE_MANAGEMENT_PORT", "0");
    Config config =
        new ConfigReader(ports, () -> "test").read(Optional.of(new PkiFiles(dir).config()));
    gateway = Gateway.start(config);
    gateway.awaitReady();
    HttpApi api =
        new HttpApi(HttpClient.newHttpClient(), "http://127.0.0.1:" + gateway.ports().management());
    scrape = api.send(api.request("/metrics").GET()).body();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void everyNameShown_isDocumented() {
    Set<String> documented =
        Stream.concat(
                Catalogue.all().stream().map(Metric::prometheusName),
                Arrays.stream(Borrowed.values()).map(Borrowed::prometheusName))
            .flatMap(name -> Stream.of(name, name + GREATEST))
            .collect(Collectors.toCollection(HashSet::new));

    assertThat(families().keySet()).isSubsetOf(documented);
  }

  @Test
  void everyMetricOfTheCatalogue_isShown_ofTheTypeThatIsDocumented() {
    Map<String, String> shown = families();

    for (Metric metric : Catalogue.all()) {
      assertThat(shown).containsEntry(metric.prometheusName(), metric.type());
    }
  }

  @Test
  void everyGauge_canBeRead() {
    assertThat(
            scrape
                .lines()
                .filter(line -> line.startsWith("vestibule_"))
                // Not known until it has been counted for the first time.
                .filter(line -> !line.startsWith(Gauge.DOORS_REGISTERED.prometheusName())))
        .noneMatch(line -> line.endsWith(" NaN"));
  }

  @Test
  void whatTheJvmAndLibrariesMeasure_isShown_ofTheTypeThatIsDocumented() {
    Map<String, String> shown = families();

    for (Borrowed borrowed : Borrowed.values()) {
      // Of a collector nothing is shown before its first collection.
      if (!borrowed.prometheusName().startsWith("jvm_gc_")) {
        assertThat(shown).containsEntry(borrowed.prometheusName(), borrowed.type());
      }
    }
  }

  @Test
  void labels_areThoseThatAreDocumented() {
    for (Borrowed borrowed : Borrowed.values()) {
      Pattern series =
          Pattern.compile("(?m)^" + borrowed.prometheusName() + "(?:_count)?\\{(.*)} ");
      series
          .matcher(scrape)
          .results()
          .forEach(
              found ->
                  assertThat(found.group(1).replaceAll("=\"[^\"]*\"", "").split(","))
                      .as(borrowed.prometheusName())
                      .containsExactlyInAnyOrderElementsOf(borrowed.labels()));
    }
  }

  @Test
  void build_isTold() {
    assertThat(scrape)
        .contains("vestibule_build_info{java=\"" + Runtime.version() + "\",version=\"");
  }

  @Test
  void scrape_isOfABoundedSize() {
    assertThat(scrape.length()).isLessThan(500_000);
  }

  private static Map<String, String> families() {
    return FAMILY
        .matcher(scrape)
        .results()
        .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
  }
}
