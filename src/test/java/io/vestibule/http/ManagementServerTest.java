package io.vestibule.http;

import static io.vestibule.http.HttpFixture.await;
import static io.vestibule.http.HttpFixture.header;
import static io.vestibule.http.HttpFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vestibule.config.ManagementConfig;
import io.vestibule.health.Cause;
import io.vestibule.health.Dependency;
import io.vestibule.health.HealthBoard;
import io.vestibule.health.Standing;
import io.vestibule.health.State;
import io.vestibule.metrics.Meters;
import io.vestibule.metrics.Scrape;
import io.vestibule.testing.HttpApi;
import io.vestibule.testing.SimTime;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementServerTest {
  private final Vertx vertx = Vertx.vertx();
  private final Map<String, Boolean> checks = new ConcurrentHashMap<>(Map.of("redis", true));
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final SimTime time = new SimTime(Instant.parse("2026-05-04T07:00:00Z"));
  private final Map<Dependency, Standing> standings = new ConcurrentHashMap<>();
  private final HealthBoard board =
      new HealthBoard(
          time,
          Stream.of(Dependency.values())
              .collect(
                  Collectors.toMap(
                      Function.identity(),
                      dependency -> () -> standings.getOrDefault(dependency, Standing.up()))));
  private ManagementServer server;
  private HttpApi api;

  @BeforeEach
  void start() {
    new Meters(registry);
    server = new ManagementServer(vertx, new ManagementConfig("127.0.0.1", 0), parts());
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
  void health_tellsEachDependency_itsStateAndSinceWhen() {
    get("/health");
    time.advance(Duration.ofMinutes(3));
    standings.put(Dependency.NEAR_CACHE, Standing.degraded(Cause.READS_REDIS));

    HttpResponse<String> health = get("/health");

    assertThat(health.statusCode()).isEqualTo(200);
    JsonNode body = json(health);
    assertThat(body.path("status").asText()).isEqualTo("degraded");
    assertThat(body.path("dependencies")).hasSize(Dependency.values().length);
    JsonNode cache = body.at("/dependencies/near_cache");
    assertThat(cache.path("state").asText()).isEqualTo("degraded");
    assertThat(cache.path("since").asText()).isEqualTo("2026-05-04T07:03:00Z");
    assertThat(cache.path("cause").asText()).isEqualTo("reads_redis");
    assertThat(cache.path("remedy").asText()).contains("each decision reads it");
    assertThat(body.at("/dependencies/redis").toString())
        .isEqualTo("{\"state\":\"up\",\"since\":\"2026-05-04T07:00:00Z\"}");
  }

  @Test
  void health_is503_whereNoDoorCanBeOpened_andReadyIsNotConcerned() {
    standings.put(
        Dependency.REDIS, Standing.of(State.DOWN, new Standing.Why("unreachable", "mend it")));

    assertThat(get("/health").statusCode()).isEqualTo(503);
    assertThat(json(get("/health")).path("status").asText()).isEqualTo("down");
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void metrics_areWritten_whileAllSharedWorkersAreBusy() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    for (int worker = 0; worker < VertxOptions.DEFAULT_WORKER_POOL_SIZE; worker++) {
      vertx.executeBlocking(
          () -> {
            ended.await();
            return true;
          },
          false);
    }

    try {
      assertThat(get("/metrics").statusCode()).isEqualTo(200);
    } finally {
      ended.countDown();
    }
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
    assertThat(json(get("/")).path("routes")).hasSize(4);
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
    HttpResponse<String> post = api.post("/metrics", "x", "");
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(header(post, "Allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void takenPort_isNamed() {
    Vertx other = Vertx.vertx();
    ManagementServer elsewhere =
        new ManagementServer(other, new ManagementConfig("127.0.0.1", server.port()), parts());

    assertThatThrownBy(() -> await(elsewhere.start()))
        .isInstanceOf(NotStarted.class)
        .hasMessageContaining("management.port 127.0.0.1:" + server.port());
    await(other.close());
  }

  private ManagementServer.Parts parts() {
    return new ManagementServer.Parts(() -> checks, board, new Scrape(registry));
  }

  private HttpResponse<String> get(String path) {
    return api.send(api.request(path).GET());
  }
}
