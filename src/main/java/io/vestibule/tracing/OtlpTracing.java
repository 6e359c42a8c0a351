package io.vestibule.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.config.TracingConfig;
import io.vestibule.metrics.Meters;
import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Follows some requests and sends their spans to a collector, by OTLP over HTTP. */
@AnyThread
public final class OtlpTracing implements Tracing {
  /** Traces that callers may ask for in a second; what is past it is not followed. */
  static final int CALLERS_PER_SECOND_MAX = 20;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration EXPORT_TIMEOUT = Duration.ofSeconds(5);

  /** Its lines go past this process' log; what matters of them {@link SpanQueue} says. */
  private static final Logger LIBRARY_LOG = Logger.getLogger("io.opentelemetry");

  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final Time time;
  private final Duration closeMax;

  OtlpTracing(
      TracingConfig config, String node, SpanExporter exporter, Parts parts, Bounds bounds) {
    this.time = parts.time();
    this.closeMax = bounds.closeMax();
    this.provider =
        SdkTracerProvider.builder()
            .setResource(resource(node))
            .setSampler(sampler(config.ratio(), time))
            .addSpanProcessor(new SpanQueue(exporter, bounds, parts.meters(), time))
            .build();
    this.tracer = provider.get("io.vestibule");
  }

  /** What it stands on. */
  public record Parts(Meters meters, Time time) {}

  /**
   * What a collector that does not answer can take up here.
   *
   * @param waitingCountMax spans that wait for the collector; one more is dropped
   * @param exportMax how long one batch is waited for, from its first byte to the answer's last
   * @param closeMax how long a close waits for the collector
   */
  record Bounds(int waitingCountMax, Duration exportMax, Duration closeMax) {
    static Bounds standard() {
      return new Bounds(4_096, EXPORT_TIMEOUT.plusSeconds(1), Duration.ofSeconds(3));
    }
  }

  /**
   * Begins to follow requests and to send what it saw of them; the collector need not be there.
   *
   * @param node this gateway's name among others
   */
  public static OtlpTracing start(TracingConfig config, String node, Parts parts) {
    LIBRARY_LOG.setLevel(Level.OFF);
    return new OtlpTracing(
        config,
        node,
        OtlpHttpSpanExporter.builder()
            .setEndpoint(config.endpoint())
            .setConnectTimeout(CONNECT_TIMEOUT)
            .setTimeout(EXPORT_TIMEOUT)
            .setCompression("gzip")
            .build(),
        parts,
        Bounds.standard());
  }

  private static Resource resource(String node) {
    return Resource.getDefault()
        .merge(
            Resource.create(
                Attributes.of(
                    AttributeKey.stringKey("service.name"),
                    "vestibule",
                    AttributeKey.stringKey("service.instance.id"),
                    node)));
  }

  private static Sampler sampler(double ratio, Time time) {
    return Sampler.parentBasedBuilder(Sampler.traceIdRatioBased(ratio))
        .setRemoteParentSampled(new CallersChoice(CALLERS_PER_SECOND_MAX, time))
        .build();
  }

  @Override
  public Trace begin(String edge, Optional<String> traceparent) {
    Instant now = time.now();
    FollowedTrace.Moment began =
        new FollowedTrace.Moment(
            TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano(), time.nanoTime());
    Span span =
        tracer
            .spanBuilder("unlock")
            .setSpanKind(SpanKind.SERVER)
            .setParent(traceparent.map(OtlpTracing::callers).orElseGet(Context::root))
            .setStartTimestamp(began.epochNanos(), TimeUnit.NANOSECONDS)
            .setAttribute(FollowedTrace.EDGE, edge)
            .startSpan();
    return span.isRecording() ? new FollowedTrace(tracer, span, began) : Trace.none();
  }

  @Override
  public Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    CompletableResultCode ended = provider.shutdown();
    ended.whenComplete(closed::tryComplete);
    return closed.future().timeout(closeMax.toMillis(), TimeUnit.MILLISECONDS).otherwiseEmpty();
  }

  /** Sends what waits now. */
  CompletableResultCode flush() {
    return provider.forceFlush();
  }

  private static Context callers(String traceparent) {
    return W3CTraceContextPropagator.getInstance()
        .extract(Context.root(), traceparent, Traceparent.ONLY);
  }

  /** Of a caller's headers this one alone is looked at. */
  private enum Traceparent implements TextMapGetter<String> {
    ONLY;

    @Override
    public Iterable<String> keys(String traceparent) {
      return List.of("traceparent");
    }

    @Override
    public @Nullable String get(@Nullable String traceparent, String key) {
      return key.equals("traceparent") ? traceparent : null;
    }
  }
}
