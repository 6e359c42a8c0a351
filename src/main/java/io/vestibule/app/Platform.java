package io.vestibule.app;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vestibule.config.Config;
import io.vestibule.metrics.Exemplars;
import io.vestibule.metrics.Meters;
import io.vestibule.time.Time;
import io.vestibule.tracing.OtlpTracing;
import io.vestibule.tracing.Tracing;
import java.util.EnumSet;
import java.util.Set;

/** What everything else stands on: event loops, meters, traces and clocks. */
record Platform(
    Vertx vertx, PrometheusMeterRegistry registry, Meters meters, Tracing tracing, Time time) {
  /** Not the method, which whoever asks may make up. */
  private static final Set<Label> LABELS =
      EnumSet.of(Label.HTTP_CODE, Label.POOL_TYPE, Label.EB_SIDE);

  static Platform create(Config config) {
    PrometheusMeterRegistry registry = registry(config);
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
    Meters meters = new Meters(registry);
    Time time = Time.system();
    return new Platform(vertx, registry, meters, tracing(config, meters, time), time);
  }

  /** Exemplars are traces, so that there are none without. */
  private static PrometheusMeterRegistry registry(Config config) {
    return config.tracing().isPresent()
        ? Exemplars.registry()
        : new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  }

  private static Tracing tracing(Config config, Meters meters, Time time) {
    return config
        .tracing()
        .<Tracing>map(
            to -> OtlpTracing.start(to, config.node().id(), new OtlpTracing.Parts(meters, time)))
        .orElseGet(Tracing::off);
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
    Blocking.quietly("traces", tracing.close());
    Blocking.quietly("event loops", vertx.close());
  }
}
