package io.vestibule.metrics;

/** One metric of the catalogue. */
public sealed interface Metric permits Count, Gauge, Timing, Distribution {
  Spec spec();

  /** The word that Prometheus has for its kind. */
  String type();

  /** Its name in a scrape; a histogram's series have {@code _bucket}, {@code _sum} and so on. */
  default String prometheusName() {
    String suffix = spec().unit().suffix();
    String name = spec().name().replace('.', '_');
    return suffix.isEmpty() || name.endsWith("_" + suffix) ? name : name + "_" + suffix;
  }
}
