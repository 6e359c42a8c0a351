package io.vestibule.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vestibule.testing.GeneratedDoc;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The catalogue is what a scrape shows, and docs/METRICS.md is made from it. */
class CatalogueTest {
  @Test
  void everySeries_ofWhatIsCountedOrTimed_isThereFromTheStart() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new Meters(registry);

    String scrape = new Scrape(registry).text(Optional.empty()).body();

    for (Metric metric : Catalogue.all()) {
      if (!(metric instanceof Gauge)) {
        assertThat(seriesCount(scrape, metric))
            .as(metric.prometheusName())
            .isEqualTo(metric.spec().rows().size());
      }
    }
  }

  @Test
  void names_areTheirOwn_andTheFieldsForm() {
    List<String> names = Catalogue.all().stream().map(Metric::prometheusName).toList();

    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("vestibule(_[a-z]+)+"));
  }

  @Test
  void allTogether_areOfABoundedNumber() {
    int seriesCount = Catalogue.all().stream().mapToInt(CatalogueTest::seriesCount).sum();

    assertThat(seriesCount).isLessThan(2_500);
  }

  @Test
  void metrics_areDocumented() {
    StringBuilder doc = new StringBuilder(HEAD);
    for (Metric metric : Catalogue.all()) {
      doc.append(
          "| `%s` | %s | %s | %s |%n"
              .formatted(
                  metric.prometheusName(),
                  metric.type(),
                  tags(metric),
                  metric.spec().description()));
    }
    doc.append("\nBuckets, as upper bounds:\n\n| metric | unit | bounds |\n| --- | --- | --- |\n");
    for (Timing timing : Timing.values()) {
      doc.append(
          "| `%s` | seconds | %s |%n"
              .formatted(
                  timing.prometheusName(),
                  timing.buckets().stream()
                      .map(bound -> plain(bound.toNanos() / 1e9))
                      .collect(Collectors.joining(", "))));
    }
    for (Distribution distribution : Distribution.values()) {
      doc.append(
          "| `%s` | %s | %s |%n"
              .formatted(
                  distribution.prometheusName(),
                  distribution.spec().unit().suffix(),
                  distribution.buckets().stream()
                      .map(CatalogueTest::plain)
                      .collect(Collectors.joining(", "))));
    }
    doc.append(BORROWED_HEAD);
    for (Borrowed borrowed : Borrowed.values()) {
      doc.append(
          "| `%s` | %s | %s | %s |%n"
              .formatted(
                  borrowed.prometheusName(),
                  borrowed.type(),
                  borrowed.labels().stream()
                      .map(label -> "`" + label + "`")
                      .collect(Collectors.joining(", ")),
                  borrowed.description()));
    }
    GeneratedDoc.check("docs/METRICS.md", doc.toString());
  }

  private static long seriesCount(String scrape, Metric metric) {
    String ending = metric.type().equals("histogram") ? "_count" : "";
    return scrape
        .lines()
        .filter(line -> line.matches(metric.prometheusName() + ending + "[{ ].*"))
        .count();
  }

  /** Of a histogram: a series each bound, one beyond, sum, count and maximum. */
  private static int seriesCount(Metric metric) {
    int rowCount = Math.max(1, metric.spec().rows().size());
    if (metric instanceof Timing timing) {
      return rowCount * (timing.buckets().size() + 4);
    }
    if (metric instanceof Distribution distribution) {
      return rowCount * (distribution.buckets().size() + 4);
    }
    return rowCount;
  }

  private static String tags(Metric metric) {
    return metric.spec().tags().stream()
        .map(
            tag ->
                "`"
                    + tag.key()
                    + "`: "
                    + (tag.all().isEmpty()
                        ? "of this process"
                        : tag.all().stream()
                            .map(value -> "`" + value + "`")
                            .collect(Collectors.joining(", "))))
        .collect(Collectors.joining("; "));
  }

  private static String plain(double bound) {
    return new java.math.BigDecimal(Double.toString(bound)).stripTrailingZeros().toPlainString();
  }

  private static final String BORROWED_HEAD =
      """

      ## From the JVM and libraries

      What they measure of themselves, as far as it is shown. The values of these labels are the JVM's (memory pools, collectors,
      states of threads), the log's levels and the gateway's own worker pools. Of Vert.x nothing but those pools is shown: what
      else it measures is counted by the gateway itself, or has labels that strangers write. A summary has the series `_sum` and
      `_count`, and beside it the greatest of the last minutes, which ends in `_max`.

      | metric | type | labels | means |
      | --- | --- | --- | --- |
      """;

  private static final String HEAD =
      """
      # Metrics

      What `/metrics` on the management port shows, in Prometheus' text format or OpenMetrics. Every series of a counter or a
      histogram is there from the start, so a rate of what never happened is 0. What doors, couriers and peers send never
      becomes a label: the number of series is the same for one door and for 19,000.

      A histogram has the series `_bucket`, `_sum` and `_count`; beside it stands the greatest observation of the last minutes
      as a gauge that ends in `_max`.

      | metric | type | labels | means |
      | --- | --- | --- | --- |
      """;
}
