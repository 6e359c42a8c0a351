package io.vestibule.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vestibule.concurrent.AnyThread;
import java.util.Optional;

/** Writes all meters in the format that the scraper asks for. */
@AnyThread
public final class Scrape {
  private static final String OPEN_METRICS = "application/openmetrics-text";
  private static final String OPEN_METRICS_TYPE = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
  private static final String TEXT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;

  /** What a scraper gets. */
  public record Text(String contentType, String body) {}

  public Scrape(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Prometheus' text format unless the Accept header names OpenMetrics; blocks for milliseconds.
   */
  public Text text(Optional<String> accept) {
    boolean openMetrics = accept.filter(types -> types.contains(OPEN_METRICS)).isPresent();
    String contentType = openMetrics ? OPEN_METRICS_TYPE : TEXT_TYPE;
    return new Text(contentType, registry.scrape(contentType));
  }
}
