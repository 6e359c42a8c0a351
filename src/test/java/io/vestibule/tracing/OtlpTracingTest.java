package io.vestibule.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.vertx.core.Future;
import io.vestibule.access.UnlockId;
import io.vestibule.config.TracingConfig;
import io.vestibule.metrics.Exemplar;
import io.vestibule.metrics.Meters;
import io.vestibule.testing.SimTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class OtlpTracingTest {
  private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
  private static final Duration SOON = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final String CALLERS_TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CALLERS_SPAN = "b7ad6b7169203331";
  private static final Optional<String> SAMPLED =
      Optional.of("00-" + CALLERS_TRACE + "-" + CALLERS_SPAN + "-01");
  private static final Optional<String> NOT_SAMPLED =
      Optional.of("00-" + CALLERS_TRACE + "-" + CALLERS_SPAN + "-00");

  private final SimTime time = new SimTime(START);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

  @Test
  void request_isOneSpan_andEachStageAChild_atTheTimesTheyTook() throws Exception {
    OtlpTracing tracing = tracing(1, exporter);
    Trace trace = tracing.begin("http", Optional.empty());
    long began = time.nanoTime();
    trace.stage("verify", began + 1_000, began + 5_000);
    trace.stage("decide", began + 5_000, began + 6_000);
    trace.attempt(new UnlockId("u-1"), false);
    trace.end("opened", "none", false, began + 9_000);

    List<SpanData> spans = exported(tracing);

    assertThat(spans)
        .extracting(SpanData::getName)
        .containsExactlyInAnyOrder("unlock", "verify", "decide");
    SpanData whole = named("unlock", spans);
    assertThat(whole.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(whole.getParentSpanContext().isValid()).isFalse();
    assertThat(whole.getStartEpochNanos()).isEqualTo(nanos(START));
    assertThat(whole.getEndEpochNanos()).isEqualTo(nanos(START) + 9_000);
    assertThat(whole.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(whole.getResource().getAttributes().asMap().toString())
        .contains("service.name=vestibule", "service.instance.id=gate-1");
    SpanData verify = named("verify", spans);
    assertThat(verify.getParentSpanContext()).isEqualTo(whole.getSpanContext());
    assertThat(verify.getStartEpochNanos()).isEqualTo(nanos(START) + 1_000);
    assertThat(verify.getEndEpochNanos()).isEqualTo(nanos(START) + 5_000);
    assertThat(trace.exemplar()).isEqualTo(new Exemplar(whole.getTraceId(), whole.getSpanId()));
  }

  @Test
  void attributes_sayHowItEnded_andWhichUnlock_andNothingElse() throws Exception {
    OtlpTracing tracing = tracing(1, exporter);
    Trace trace = tracing.begin("mqtt", Optional.empty());
    trace.attempt(new UnlockId("u-1"), true);
    trace.end("failed", "store_unavailable", true, time.nanoTime());

    SpanData whole = named("unlock", exported(tracing));

    Map<String, Object> attributes =
        whole.getAttributes().asMap().entrySet().stream()
            .collect(Collectors.toMap(entry -> entry.getKey().getKey(), Map.Entry::getValue));
    assertThat(attributes)
        .isEqualTo(
            Map.of(
                "vestibule.edge", "mqtt",
                "vestibule.unlock", "u-1",
                "vestibule.replayed", true,
                "vestibule.outcome", "failed",
                "vestibule.reason", "store_unavailable"));
    assertThat(whole.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
  }

  @Test
  void ratioOfNothing_followsNothing_butWhatTheCallerFollows() throws Exception {
    OtlpTracing tracing = tracing(0, exporter);

    assertThat(tracing.begin("http", Optional.empty())).isSameAs(Trace.none());
    assertThat(tracing.begin("http", Optional.of("no such text"))).isSameAs(Trace.none());
    tracing.begin("http", SAMPLED).end("opened", "none", false, time.nanoTime());

    SpanData whole = named("unlock", exported(tracing));
    assertThat(whole.getTraceId()).isEqualTo(CALLERS_TRACE);
    assertThat(whole.getParentSpanId()).isEqualTo(CALLERS_SPAN);
  }

  @Test
  void callerThatIsNotFollowed_isNotFollowedHere() {
    assertThat(tracing(1, exporter).begin("http", NOT_SAMPLED)).isSameAs(Trace.none());
  }

  @Test
  void whatIsNoTraceparent_countsAsNone() throws Exception {
    OtlpTracing tracing = tracing(1, exporter);
    tracing.begin("http", Optional.of("x".repeat(10_000))).end("opened", "none", false, 0);

    assertThat(named("unlock", exported(tracing)).getParentSpanContext().isValid()).isFalse();
  }

  @Test
  void callers_haveNoMoreFollowed_thanTheirRate() {
    OtlpTracing tracing = tracing(0, exporter);

    assertThat(followed(tracing, 100)).isEqualTo(OtlpTracing.CALLERS_PER_SECOND_MAX);
    assertThat(followed(tracing, 1)).isZero();
    time.advance(Duration.ofMillis(500));
    assertThat(followed(tracing, 100)).isEqualTo(OtlpTracing.CALLERS_PER_SECOND_MAX / 2);
    time.advance(Duration.ofHours(1));
    assertThat(followed(tracing, 100)).isEqualTo(OtlpTracing.CALLERS_PER_SECOND_MAX);
  }

  @Test
  void moreThanMayWait_isDroppedAndCounted_andTheCloseEndsInTime() throws Exception {
    OtlpTracing tracing = tracing(1, new Silent(), new OtlpTracing.Bounds(10, LONG, SOON));

    for (int count = 0; count < 15; count++) {
      tracing.begin("http", Optional.empty()).end("opened", "none", false, time.nanoTime());
    }

    assertThat(dropped("queue_full")).isEqualTo(5);
    await(tracing.close());
  }

  @Test
  void spansThatTheCollectorDoesNotTake_areCounted_andMakeRoom() {
    OtlpTracing tracing = tracing(1, new Refusing(), new OtlpTracing.Bounds(1, LONG, SOON));

    for (int count = 1; count <= 3; count++) {
      tracing.begin("http", Optional.empty()).end("opened", "none", false, time.nanoTime());
      double refused = count;
      Awaitility.await().until(() -> dropped("export_failed") == refused);
    }

    assertThat(dropped("queue_full")).isZero();
  }

  @Test
  void spansWhoseExportThrows_areCounted_andMakeRoom() {
    OtlpTracing tracing = tracing(1, new Throwing(), new OtlpTracing.Bounds(1, LONG, SOON));

    eachIsDropped(tracing);
  }

  @Test
  void collectorThatAnswersWithoutItsBody_isGivenUp_andMakesRoom() throws Exception {
    try (HeadOnly collector = new HeadOnly();
        SpanExporter http =
            OtlpHttpSpanExporter.builder().setEndpoint(collector.endpoint()).build()) {
      OtlpTracing tracing = tracing(1, http, new OtlpTracing.Bounds(1, SOON, SOON));

      eachIsDropped(tracing);
    }
  }

  /** The one place is free for the next each time. */
  private void eachIsDropped(OtlpTracing tracing) {
    for (int count = 1; count <= 2; count++) {
      tracing.begin("http", Optional.empty()).end("opened", "none", false, time.nanoTime());
      double failed = count;
      Awaitility.await().until(() -> dropped("export_failed") == failed);
    }
    assertThat(dropped("queue_full")).isZero();
  }

  private OtlpTracing tracing(double ratio, SpanExporter to) {
    return tracing(ratio, to, OtlpTracing.Bounds.standard());
  }

  private OtlpTracing tracing(double ratio, SpanExporter to, OtlpTracing.Bounds bounds) {
    return new OtlpTracing(
        new TracingConfig("http://unused", ratio),
        "gate-1",
        to,
        new OtlpTracing.Parts(new Meters(registry), time),
        bounds);
  }

  private int followed(OtlpTracing tracing, int askedCount) {
    int followedCount = 0;
    for (int count = 0; count < askedCount; count++) {
      followedCount += tracing.begin("http", SAMPLED) == Trace.none() ? 0 : 1;
    }
    return followedCount;
  }

  private static SpanData named(String name, List<SpanData> spans) {
    return spans.stream().filter(span -> span.getName().equals(name)).findAny().orElseThrow();
  }

  /** The exporter forgets them when it is closed. */
  private List<SpanData> exported(OtlpTracing tracing) throws Exception {
    tracing.flush().join(5, TimeUnit.SECONDS);
    List<SpanData> spans = exporter.getFinishedSpanItems();
    await(tracing.close());
    return spans;
  }

  private double dropped(String cause) {
    return registry.get("vestibule.spans.dropped").tag("cause", cause).counter().count();
  }

  private static long nanos(Instant at) {
    return TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano();
  }

  private static void await(Future<Void> future) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** A collector that never answers. */
  private static class Silent implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      return new CompletableResultCode();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  private static final class Throwing extends Silent {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      throw new RejectedExecutionException("no thread");
    }
  }

  private static final class Refusing extends Silent {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      return CompletableResultCode.ofExceptionalFailure(new IllegalStateException("503"));
    }
  }
}
