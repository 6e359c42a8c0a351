package io.vestibule.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MetersTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Meters meters = new Meters(registry);

  @Test
  void aGauge_isReadAtEachScrape_underItsTag() {
    meters.gauge(Gauge.SIGNING_PROVIDER, () -> 1, "corretto");

    for (String accept : new String[] {"text/plain", "application/openmetrics-text"}) {
      assertThat(new Scrape(registry).text(Optional.of(accept)).body().lines())
          .anyMatch(
              line ->
                  line.matches(
                      "vestibule_signing_provider_info\\{provider=\"corretto\"} 1(\\.0)?"));
    }
  }

  @Test
  void gaugeThatThrows_isNaN_toldOnce_andKeepsNobodyFromTheOthers() {
    Logger log = (Logger) LoggerFactory.getLogger(Meters.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    log.addAppender(lines);
    meters.gauge(
        Gauge.STORE_WAITING,
        () -> {
          throw new IllegalStateException("bug");
        });
    meters.gauge(Gauge.READY, () -> 1);

    String scrape = new Scrape(registry).text(Optional.empty()).body();

    assertThat(scrape.lines()).contains("vestibule_store_waiting NaN", "vestibule_ready 1.0");
    new Scrape(registry).text(Optional.empty());
    log.detachAppender(lines);
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("vestibule.store.waiting cannot be read");
  }

  @Test
  void whatIsNeitherInTheCatalogueNorBorrowed_isNotShown() {
    PrometheusMeterRegistry filtered = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    filtered.config().meterFilter(Borrowed.shown());
    new Meters(filtered);

    filtered.counter("vertx.http.server.requests", "method", "STRANGE").increment();
    filtered.counter("vertx.pool.completed", "pool_type", "worker").increment();
    filtered.gauge("vertx.pool.in.use", List.of(Tag.of("pool_type", "redis")), 1);
    filtered.gauge("vertx.pool.in.use", List.of(Tag.of("pool_type", "worker")), 1);

    String scrape = new Scrape(filtered).text(Optional.empty()).body();
    assertThat(scrape)
        .contains("vertx_pool_in_use{pool_type=\"worker\"}", "vestibule_loop_lag_seconds_count")
        .doesNotContain("STRANGE", "redis\"}", "completed");
  }
}
