package io.vestibule.app;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vestibule.config.Config;
import io.vestibule.metrics.Borrowed;
import io.vestibule.metrics.Exemplars;
import io.vestibule.metrics.Gauge;
import io.vestibule.metrics.LoopLag;
import io.vestibule.metrics.Meters;
import io.vestibule.metrics.ProcessMeters;
import io.vestibule.time.Deadline;
import io.vestibule.time.Time;
import io.vestibule.tracing.OtlpTracing;
import io.vestibule.tracing.Tracing;
import java.util.EnumSet;

/** What everything else stands on: event loops, meters, traces and clocks. */
record Platform(
    Vertx vertx,
    PrometheusMeterRegistry registry,
    Meters meters,
    ProcessMeters process,
    Tracing tracing,
    Time time) {
  static Platform create(Config config) {
    PrometheusMeterRegistry registry = registry(config);
    registry.config().meterFilter(Borrowed.shown());
    Vertx vertx =
        Vertx.builder()
            .with(
                new VertxOptions()
                    .setEventLoopPoolSize(eventLoops())
                    .setMetricsOptions(workerPools()))
            .withTransport(CoalescingTransport.best())
            .withMetrics(new MicrometerMetricsFactory(registry))
            .build();
    Time time = Time.system();
    Meters meters = new Meters(registry);
    meters.gauge(Gauge.BUILD, () -> 1, Version.number(), Runtime.version().toString());
    LoopLag.measure(vertx, time, meters);
    return new Platform(
        vertx,
        registry,
        meters,
        new ProcessMeters(registry, meters),
        tracing(config, meters, time),
        time);
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

  void close(Deadline end) {
    Blocking.quietly("traces", tracing.close(), end.left());
    Blocking.quietly("event loops", vertx.close(), end.left());
    process.close();
  }

  /**
   * Of what Vert.x measures only these: the rest is counted by the gateway itself, costs on each
   * read and write, or has labels that strangers write, as the method of a request.
   */
  private static MicrometerMetricsOptions workerPools() {
    MicrometerMetricsOptions options =
        new MicrometerMetricsOptions()
            .setEnabled(true)
            .setLabels(EnumSet.of(Label.POOL_NAME, Label.POOL_TYPE))
            .addDisabledMetricsCategory("redis");
    EnumSet.complementOf(EnumSet.of(MetricsDomain.NAMED_POOLS))
        .forEach(options::addDisabledMetricsCategory);
    return options;
  }
}
