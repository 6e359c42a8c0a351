package io.vestibule.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.access.DoorId;
import io.vestibule.app.pki.DevPki;
import io.vestibule.app.pki.PkiFiles;
import io.vestibule.config.ConfigReader;
import io.vestibule.json.Json;
import io.vestibule.testing.RedisProcess;
import io.vestibule.testing.RedisProxy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the management port says, and how soon, while a whole gateway starts, suffers and ends. */
final class GatewayHealthIT {
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(1);
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(15);
  private static final int TRIES_MAX = 4;
  private static final List<String> ROUTES =
      List.of("/health", "/health/live", "/health/ready", "/metrics");

  @TempDir private static Path dir;
  private static PkiFiles files = new PkiFiles(Path.of(""));

  private final HttpClient client = HttpClient.newHttpClient();
  private RedisProcess redis;
  private RedisProxy proxy;
  private Gateway gateway;
  private CompletableFuture<Void> ready;
  private Optional<CompletableFuture<Void>> closing = Optional.empty();

  @BeforeAll
  static void makePki() throws Exception {
    files = DevPki.create(dir.resolve("pki"), List.of(new DoorId("door-1"))).files();
  }

  @BeforeEach
  void startWithRedisAway() throws Exception {
    redis = RedisProcess.startKept();
    proxy = new RedisProxy(redis);
    proxy.refuse(true);
    gateway = Gateway.start(new ConfigReader(settings(), () -> "node").read(files()));
    ready = CompletableFuture.runAsync(this::awaitReady);
  }

  @AfterEach
  void end() {
    close().join();
    proxy.close();
    redis.close();
  }

  @Test
  void start_beforeRedisWasReached_everyRouteAnswers_andSaysSo() throws Exception {
    everyRouteAnswersInTime();

    assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/health").statusCode()).isEqualTo(503);
    assertThat(health().path("status").asText()).isEqualTo("down");
    assertStanding("gateway", "down", "starting");
    assertStanding("redis", "down", "unreachable");
    assertStanding("redis_append_only", "degraded", "not_known");
    assertStanding("near_cache", "degraded", "reads_redis");
    assertThat(state("http_listener")).isEqualTo("up");
    assertThat(state("mqtt_listener")).isEqualTo("up");
    assertThat(state("jwks")).isEqualTo("up");
    assertThat(state("event_loops")).isEqualTo("up");
  }

  @Test
  void outage_isToldWithItsCause_andItsTime_andReadyStays() throws Exception {
    reachRedis();
    JsonNode before = health();

    proxy.refuse(true);

    seen("redis", "down");
    seen("near_cache", "degraded");
    everyRouteAnswersInTime();
    assertStanding("redis", "down", "unreachable");
    assertThat(get("/health").statusCode()).isEqualTo(503);
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    assertThat(since(health(), "redis")).isAfter(since(before, "redis"));
    assertThat(since(health(), "http_listener")).isEqualTo(since(before, "http_listener"));
    assertThat(since(health(), "redis_append_only")).isEqualTo(since(before, "redis_append_only"));

    Instant down = since(health(), "redis");
    proxy.refuse(false);
    await().atMost(SEEN_WITHIN).until(() -> health().path("status").asText().equals("up"));
    assertThat(since(health(), "redis")).isAfter(down);
  }

  @Test
  void silentRedis_isTimedOut_andSlowsNoRoute() throws Exception {
    reachRedis();

    proxy.hold();
    everyRouteAnswersInTime();

    seen("redis", "down");
    everyRouteAnswersInTime();
    assertStanding("redis", "down", "timed_out");
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void redisThatForgets_isDegraded_andStillServes() throws Exception {
    reachRedis();
    assertThat(redis.ask("CONFIG SET appendonly no")).startsWith("+OK");

    proxy.cut(); // What Redis says of itself is asked of each new connection.

    seen("redis_append_only", "degraded");
    assertStanding("redis_append_only", "degraded", "no_append_only_file");
    await().atMost(SEEN_WITHIN).until(() -> state("redis").equals("up"));
    await().atMost(SEEN_WITHIN).until(() -> state("near_cache").equals("up"));
    assertThat(health().path("status").asText()).isEqualTo("degraded");
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void drain_isToldOnEveryRoute_untilItsVeryEnd() throws Exception {
    reachRedis();
    try (Socket request = unfinishedRequest()) {
      CompletableFuture<Void> drained = close();

      await().atMost(SEEN_WITHIN).until(() -> get("/health/ready").statusCode() == 503);
      everyRouteAnswersInTime();
      assertStanding("gateway", "down", "draining");
      assertStanding("http_listener", "down", "not_listening");
      assertStanding("mqtt_listener", "down", "not_listening");
      assertThat(state("redis")).isEqualTo("up");
      assertThat(get("/health/live").statusCode()).isEqualTo(200);
      assertThat(request.isConnected()).isTrue();
      assertThat(drained).isNotDone();
    }

    // Whatever else takes its time is over before the port is gone.
    await().atMost(SEEN_WITHIN).until(this::managementIsGone);
    await().atMost(Duration.ofSeconds(3)).until(close()::isDone);
  }

  private CompletableFuture<Void> close() {
    CompletableFuture<Void> end =
        closing.orElseGet(() -> CompletableFuture.runAsync(gateway::close));
    closing = Optional.of(end);
    return end;
  }

  private void reachRedis() {
    proxy.refuse(false);
    await().atMost(SEEN_WITHIN).until(() -> get("/health/ready").statusCode() == 200);
    await().atMost(SEEN_WITHIN).until(() -> health().path("status").asText().equals("up"));
    ready.join();
  }

  /** The gateway has its head, and its body never comes: a drain waits for it. */
  private Socket unfinishedRequest() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.ports().http());
    socket
        .getOutputStream()
        .write(
            "POST /v1/doors/door-1/unlock HTTP/1.1\r\nHost: x\r\nContent-Type: application/jose\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
    assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
        .isEqualTo("HTTP/1.1 100");
    return socket;
  }

  private boolean managementIsGone() throws Exception {
    try {
      get("/health/live");
      return false;
    } catch (ConnectException e) {
      return true;
    }
  }

  private void everyRouteAnswersInTime() throws Exception {
    for (String route : ROUTES) {
      assertThat(inTime(route)).as(route).isTrue();
    }
  }

  /** A machine that is busy may hold one up; what waits for Redis is late every time. */
  private boolean inTime(String route) throws Exception {
    for (int tried = 0; tried < TRIES_MAX; tried++) {
      try {
        return !get(route, ANSWERED_WITHIN).body().isEmpty();
      } catch (HttpTimeoutException e) {
        // Once more.
      }
    }
    return false;
  }

  private void seen(String dependency, String state) {
    await().atMost(SEEN_WITHIN).until(() -> state(dependency).equals(state));
  }

  private void assertStanding(String dependency, String state, String cause) throws Exception {
    JsonNode standing = health().at("/dependencies/" + dependency);
    assertThat(standing.path("state").asText()).as(dependency).isEqualTo(state);
    assertThat(standing.path("cause").asText()).as(dependency).isEqualTo(cause);
    assertThat(standing.path("remedy").asText()).as(dependency).isNotBlank();
  }

  private String state(String dependency) throws Exception {
    return health().at("/dependencies/" + dependency + "/state").asText();
  }

  private static Instant since(JsonNode health, String dependency) {
    return Instant.parse(health.at("/dependencies/" + dependency + "/since").asText());
  }

  private JsonNode health() throws Exception {
    return Json.read(get("/health").body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return get(path, SEEN_WITHIN);
  }

  /** Fails where no answer comes in time. */
  private HttpResponse<String> get(String path, Duration within) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + gateway.ports().management() + path);
    return client.send(
        HttpRequest.newBuilder(uri).timeout(within).build(), HttpResponse.BodyHandlers.ofString());
  }

  private void awaitReady() {
    try {
      gateway.awaitReady();
    } catch (CommandFailed e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, String> settings() {
    return Map.of(
        "VESTIBULE_HTTP_HOST", "127.0.0.1",
        "VESTIBULE_HTTP_PORT", "0",
        "VESTIBULE_MQTT_HOST", "127.0.0.1",
        "VESTIBULE_MQTT_TLS_PORT", "0",
        "VESTIBULE_MANAGEMENT_HOST", "127.0.0.1",
        "VESTIBULE_MANAGEMENT_PORT", "0",
        "VESTIBULE_REDIS_EMBEDDED", "false",
        "VESTIBULE_REDIS_ENDPOINTS", proxy.url());
  }

  private static Optional<Path> files() {
    return Optional.of(files.config());
  }
}
