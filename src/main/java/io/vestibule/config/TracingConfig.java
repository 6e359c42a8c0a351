package io.vestibule.config;

/**
 * Where traces go.
 *
 * @param endpoint the URL that takes spans, by OTLP over HTTP
 * @param ratio the share of requests that are followed where the caller does not say, 0 to 1
 */
public record TracingConfig(String endpoint, double ratio) {}
