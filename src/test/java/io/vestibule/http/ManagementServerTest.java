package io.vestibule.http;

import static io.vestibule.http.HttpFixture.await;
import static io.vestibule.http.HttpFixture.header;
import static io.vestibule.http.HttpFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vestibule.config.ManagementConfig;
import io.vestibule.metrics.Meters;
import io.vestibule.metrics.Scrape;
import io.vestibule.testing.HttpApi;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementServerTest {
  private final Vertx vertx = Vertx.vertx();
  private final Map<String, Boolean> checks = new ConcurrentHashMap<>(Map.of("redis", true));
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private ManagementServer server;
  private HttpApi api;

  @BeforeEach
  void start() {
    new Meters(registry);
    server =
        new ManagementServer(
            vertx, new ManagementConfig("127.0.0.1", 0), () -> checks, new Scrape(registry));
    await(server.start());
    api = new HttpApi(HttpClient.newHttpClient(), "http://127.0.0.1:" + server.port());
  }

  @AfterEach
  void stop() {
    await(server.close());
    await(vertx.close());
  }

  @Test
  void live_isUp_alsoWhenNotReady() {
    checks.put("redis", false);

    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    HttpResponse<String> ready = get("/health/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body()).isEqualTo("{\"status\":\"down\",\"checks\":{\"redis\":\"down\"}}");
  }

  @Test
  void ready_is200_whenAllChecksHold() {
    HttpResponse<String> ready = get("/health/ready");

    assertThat(ready.statusCode()).isEqualTo(200);
    assertThat(ready.body()).isEqualTo("{\"status\":\"up\",\"checks\":{\"redis\":\"up\"}}");
    assertThat(header(ready, "Content-Type")).isEqualTo("application/json");
  }

  @Test
  void metrics_areTextUnlessOpenMetricsIsAskedFor() {
    HttpResponse<String> text = get("/metrics");
    assertThat(header(text, "Content-Type")).startsWith("text/plain; version=0.0.4");
    assertThat(text.body())
        .contains("vestibule_unlocks_total{edge=\"http\",outcome=\"opened\",reason=\"none\"} 0.0");

    HttpResponse<String> open =
        api.send(
            api.request("/metrics")
                .header("Accept", "application/openmetrics-text; version=1.0.0"));
    assertThat(header(open, "Content-Type")).startsWith("application/openmetrics-text");
    assertThat(open.body()).endsWith("# EOF\n");
  }

  @Test
  void root_listsTheRoutes_andTheRestIsAProblem() {
    assertThat(json(get("/")).path("routes")).hasSize(3);
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
    HttpResponse<String> post = api.post("/metrics", "x", "");
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(header(post, "Allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void takenPort_isNamed() {
    Vertx other = Vertx.vertx();
    ManagementServer elsewhere =
        new ManagementServer(
            other,
            new ManagementConfig("127.0.0.1", server.port()),
            () -> checks,
            new Scrape(registry));

    assertThatThrownBy(() -> await(elsewhere.start()))
        .isInstanceOf(NotStarted.class)
        .hasMessageContaining("management.port 127.0.0.1:" + server.port());
    await(other.close());
  }

  private HttpResponse<String> get(String path) {
    return api.send(api.request(path).GET());
  }
}
