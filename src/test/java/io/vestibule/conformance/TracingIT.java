package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import io.vestibule.testing.Jdk;
import io.vestibule.testing.OtlpCollector;
import io.vestibule.testing.WireApi;
import io.vestibule.testing.WireDoor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Traces of the packed gateway: its jar must carry the exporter, and its end must send the rest.
 */
@Tag("system")
final class TracingIT {
  private static final Duration END = Duration.ofSeconds(30);

  @Test
  void unlock_isTracedToTheCollector_andShownInTheScrape() throws Exception {
    try (OtlpCollector collector = new OtlpCollector();
        Stage stage = stage(collector.endpoint())) {
      WireApi.Answer opened = unlock(stage);
      String scrape = scrape(stage);
      assertThat(stage.gateway().terminate(END)).isZero();

      assertThat(collector.spans())
          .extracting(Span::getName)
          .contains("unlock", "verify", "decide", "claim", "command", "ack", "outcome");
      assertThat(collector.received.toString()).contains(opened.text("unlock"));
      String trace = HexFormat.of().formatHex(collector.spans().get(0).getTraceId().toByteArray());
      assertThat(scrape.lines())
          .anyMatch(
              line ->
                  line.startsWith("vestibule_unlock_duration_seconds_bucket")
                      && line.contains("trace_id=\"" + trace + "\""));
    }
  }

  @Test
  void collectorAway_unlocksGoOn_andTheGatewayEndsInTime() throws Exception {
    OtlpCollector gone = new OtlpCollector();
    gone.close();
    try (Stage stage = stage(gone.endpoint())) {
      unlock(stage);

      assertThat(stage.gateway().terminate(END)).isZero();
      assertThat(stage.gateway().err())
          .doesNotContain("io.opentelemetry")
          .doesNotContainPattern("(?m)^\\s+at |ERROR");
    }
  }

  private static Stage stage(String endpoint) throws Exception {
    return Stage.set(
        Jdk.found().get(0),
        Map.of("VESTIBULE_TRACING_ENDPOINT", endpoint, "VESTIBULE_TRACING_RATIO", "1"));
  }

  private static WireApi.Answer unlock(Stage stage) throws Exception {
    String door = stage.door();
    String request = stage.courier().request(door, stage.grant(door, "L1", ""), "L1");
    try (WireDoor device = stage.connect(door)) {
      WireApi.Answer opened = stage.operator().unlock(door, request);
      assertThat(opened.status()).as(opened.raw().body()).isEqualTo(200);
      assertThat(device.commands()).hasSize(1);
      return opened;
    }
  }

  private static String scrape(Stage stage) throws Exception {
    URI metrics = URI.create("http://127.0.0.1:" + stage.gateway().port("management") + "/metrics");
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(metrics)
                .header("Accept", "application/openmetrics-text; version=1.0.0")
                .build(),
            BodyHandlers.ofString())
        .body();
  }
}
