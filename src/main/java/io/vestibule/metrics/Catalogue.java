package io.vestibule.metrics;

import java.util.List;
import java.util.stream.Stream;

/** Everything that the gateway measures. */
public final class Catalogue {
  private static final List<Metric> ALL =
      Stream.<Metric[]>of(Count.values(), Timing.values(), Distribution.values(), Gauge.values())
          .flatMap(Stream::of)
          .toList();

  private Catalogue() {}

  public static List<Metric> all() {
    return ALL;
  }
}
