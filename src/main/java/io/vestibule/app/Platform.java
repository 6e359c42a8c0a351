package io.vestibule.app;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vestibule.metrics.Meters;
import io.vestibule.time.Time;
import java.util.EnumSet;
import java.util.Set;

/** What everything else stands on: event loops, meters and clocks. */
record Platform(Vertx vertx, PrometheusMeterRegistry registry, Meters meters, Time time) {
  /** Not the method, which whoever asks may make up. */
  private static final Set<Label> LABELS =
      EnumSet.of(Label.HTTP_CODE, Label.POOL_TYPE, Label.EB_SIDE);

  static Platform create() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Vertx vertx =
        Vertx.builder()
            .with(
                new VertxOptions()
                    .setPreferNativeTransport(true)
                    .setEventLoopPoolSize(eventLoops())
                    .setMetricsOptions(
                        new MicrometerMetricsOptions().setEnabled(true).setLabels(LABELS)))
            .withMetrics(new MicrometerMetricsFactory(registry))
            .build();
    return new Platform(vertx, registry, new Meters(registry), Time.system());
  }

  /** One a core. */
  static int eventLoops() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** How many files and sockets this process may have open. */
  static int descriptorsMax() {
    return java.lang.management.ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.UnixOperatingSystemMXBean unix
        ? (int) Math.min(Integer.MAX_VALUE, unix.getMaxFileDescriptorCount())
        : Integer.MAX_VALUE;
  }

  void close() {
    Blocking.quietly("event loops", vertx.close());
  }
}
