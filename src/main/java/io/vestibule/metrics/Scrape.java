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

  /** The formats that a scraper may ask for. */
  public enum Format {
    TEXT(TEXT_TYPE),
    OPEN_METRICS(OPEN_METRICS_TYPE);

    private final String contentType;

    Format(String contentType) {
      this.contentType = contentType;
    }

    /** Prometheus' text format unless the Accept header names OpenMetrics. */
    public static Format asked(Optional<String> accept) {
      boolean openMetrics = accept.filter(types -> types.contains(Scrape.OPEN_METRICS)).isPresent();
      return openMetrics ? OPEN_METRICS : TEXT;
    }
  }

  /** What a scraper gets. */
  public record Text(String contentType, String body) {}

  public Scrape(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  /** In the format that the Accept header asks for; blocks for milliseconds. */
  public Text text(Optional<String> accept) {
    return text(Format.asked(accept));
  }

  /** Blocks for milliseconds, the first time for longer. */
  public Text text(Format format) {
    return new Text(format.contentType, registry.scrape(format.contentType));
  }
}
