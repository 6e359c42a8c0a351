package io.vestibule.unlock;

import static io.vestibule.unlock.FlowStage.outcome;
import static io.vestibule.unlock.FlowStage.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.buffer.Buffer;
import io.vestibule.config.TracingConfig;
import io.vestibule.grant.Outcome;
import io.vestibule.metrics.Exemplars;
import io.vestibule.metrics.Meters;
import io.vestibule.metrics.Scrape;
import io.vestibule.testing.OtlpCollector;
import io.vestibule.time.Time;
import io.vestibule.tracing.OtlpTracing;
import io.vestibule.tracing.Tracing;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Unlocks that a trace follows, to a collector on the other end of a socket. */
final class TracedUnlockTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CALLERS = "00-" + TRACE + "-b7ad6b7169203331-01";

  private final PrometheusMeterRegistry registry = Exemplars.registry();
  private Tracing tracing = Tracing.off();

  @Test
  void callersTrace_goesOn_withASpanForEachStage() throws Exception {
    try (OtlpCollector collector = new OtlpCollector();
        FlowStage stage = stage(collector.endpoint(), 0)) {
      soon(outcome(soon(submit(stage, Optional.of(CALLERS)))));
      closeTracing();

      List<Span> spans = collector.spans();
      assertThat(spans)
          .extracting(Span::getName)
          .containsExactlyInAnyOrder(
              "unlock", "verify", "decide", "claim", "command", "ack", "outcome");
      assertThat(spans).allMatch(span -> hex(span.getTraceId().toByteArray()).equals(TRACE));
      assertThat(collector.received.toString())
          .contains("vestibule.outcome", "opened", "u-")
          .doesNotContain("ana", "swift", FlowStage.GRANT, FlowStage.LABEL, "front", "elm");
    }
  }

  @Test
  void openMetrics_showsTheTrace_besideTheWholeAndItsStages() throws Exception {
    try (OtlpCollector collector = new OtlpCollector();
        FlowStage stage = stage(collector.endpoint(), 0)) {
      soon(outcome(soon(submit(stage, Optional.of(CALLERS)))));

      assertThat(exemplars("vestibule_unlock_duration_seconds_bucket{edge=\"http\"")).isEqualTo(1);
      for (Stage each : Stage.values()) {
        assertThat(
                exemplars(
                    "vestibule_unlock_stage_duration_seconds_bucket{stage=\"" + each.code() + "\""))
            .as(each.code())
            .isEqualTo(1);
      }
      closeTracing();
    }
  }

  @Test
  void whatIsNotFollowed_leavesNoExemplar() throws Exception {
    try (OtlpCollector collector = new OtlpCollector();
        FlowStage stage = stage(collector.endpoint(), 0)) {
      soon(outcome(soon(submit(stage, Optional.empty()))));

      assertThat(scrape()).doesNotContain("trace_id");
      closeTracing();
      assertThat(collector.received).isEmpty();
    }
  }

  @Test
  void noCollector_harmsNoUnlock_andNoShutdown() throws Exception {
    try (FlowStage stage = stage("http://127.0.0.1:" + unusedPort() + "/v1/traces", 1)) {
      for (int count = 0; count < 5; count++) {
        assertThat(soon(outcome(soon(submit(stage, Optional.empty())))))
            .isInstanceOf(Outcome.Opened.class);
      }

      closeTracing();
    }
  }

  private FlowStage stage(String endpoint, double ratio) throws Exception {
    return new FlowStage(
        2,
        Time.system(),
        registry,
        meters -> {
          tracing = tracing(meters, new TracingConfig(endpoint, ratio));
          return tracing;
        });
  }

  private static Tracing tracing(Meters meters, TracingConfig config) {
    return OtlpTracing.start(config, "gate-1", new OtlpTracing.Parts(meters, Time.system()));
  }

  private static CompletableFuture<Answer> submit(FlowStage stage, Optional<String> traceparent)
      throws Exception {
    Submission submission =
        new Submission(
            Edge.HTTP, Optional.of(FlowStage.DOOR), Buffer.buffer(stage.request()), traceparent);
    return stage.onLoop(() -> stage.flow.unlock(submission));
  }

  private void closeTracing() throws Exception {
    tracing.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** How many buckets of the series show this trace. */
  private long exemplars(String series) {
    return scrape()
        .lines()
        .filter(line -> line.startsWith(series))
        .filter(line -> line.contains(" # {") && line.contains("trace_id=\"" + TRACE + "\""))
        .count();
  }

  private String scrape() {
    return new Scrape(registry).text(Optional.of("application/openmetrics-text")).body();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static int unusedPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
