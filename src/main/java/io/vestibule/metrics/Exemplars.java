package io.vestibule.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.tracer.common.SpanContext;
import io.vestibule.concurrent.AnyThread;
import org.jspecify.annotations.Nullable;

/** Tells the registry in which trace a measurement is made, while it is made. */
@AnyThread
public final class Exemplars implements SpanContext {
  private static final ThreadLocal<@Nullable Exemplar> CURRENT = new ThreadLocal<>();

  private Exemplars() {}

  /** A registry that keeps exemplars, some of each bucket. */
  public static PrometheusMeterRegistry registry() {
    return new PrometheusMeterRegistry(
        PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, new Exemplars());
  }

  static void within(Exemplar exemplar, Runnable measuring) {
    CURRENT.set(exemplar);
    try {
      measuring.run();
    } finally {
      CURRENT.remove();
    }
  }

  @Override
  public @Nullable String getCurrentTraceId() {
    Exemplar current = CURRENT.get();
    return current == null ? null : current.traceId();
  }

  @Override
  public @Nullable String getCurrentSpanId() {
    Exemplar current = CURRENT.get();
    return current == null ? null : current.spanId();
  }

  @Override
  public boolean isCurrentSpanSampled() {
    return CURRENT.get() != null;
  }

  /** Whether a span is exported is decided when its trace begins. */
  @Override
  public void markCurrentSpanAsExemplar() {}
}
