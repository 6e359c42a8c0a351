package io.vestibule.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
}
