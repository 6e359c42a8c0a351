package io.vestibule.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.concurrent.Loop;
import io.vestibule.config.ManagementConfig;
import io.vestibule.health.HealthBoard;
import io.vestibule.json.Json;
import io.vestibule.metrics.Scrape;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The management port: health and metrics, for orchestrators and Prometheus. */
@AnyThread
public final class ManagementServer {
  private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);
  static final int CONNECTION_COUNT_MAX = 200;

  /** Short: nobody who asks is silent for longer, and whoever is gives the descriptor back. */
  private static final int IDLE_SECONDS_MAX = 5;

  private final ManagementConfig config;
  private final Parts parts;
  private final Loop loop;
  private final WorkerExecutor scraping;
  private final SharedScrapes scrapes;
  private final ManagementConnections connections;
  private final HttpServer server;

  /** What it tells of. */
  public record Parts(Readiness readiness, HealthBoard health, Scrape scrape) {}

  public ManagementServer(Vertx vertx, ManagementConfig config, Parts parts) {
    this.config = config;
    this.parts = parts;
    // Of its own: a storm of doors with secrets keeps the shared ones busy for long.
    this.scraping = vertx.createSharedWorkerExecutor("scrape", 1);
    this.loop = Loop.next(vertx);
    this.scrapes = new SharedScrapes(loop, scraping, parts.scrape());
    this.connections = new ManagementConnections(loop, CONNECTION_COUNT_MAX);
    this.server =
        vertx
            .createHttpServer(Listening.plain().setIdleTimeout(IDLE_SECONDS_MAX))
            .requestHandler(this::answer)
            .invalidRequestHandler(Gate::invalid)
            .connectionHandler(connections::opened)
            .exceptionHandler(ApiVerticle::connectionFailed);
  }

  /** Scrapes once before it listens; fails with {@link NotStarted} naming the address. */
  public Future<Void> start() {
    return loop.call(
        () ->
            scrapes
                .warm()
                .onFailure(bug -> LOG.error("The scrape failed", bug))
                .transform(warm -> listen()));
  }

  /** Called on the loop, all its connections are that loop's. */
  private Future<Void> listen() {
    String address = config.host() + ":" + config.port();
    return server
        .listen(config.port(), config.host())
        .<Void>mapEmpty()
        .recover(
            cause -> Future.failedFuture(NotStarted.because("management.port " + address, cause)));
  }

  /** The port that is bound, also where 0 was configured. */
  public int port() {
    return server.actualPort();
  }

  public Future<Void> close() {
    return server.close().eventually(scraping::close);
  }

  private void answer(HttpServerRequest request) {
    connections.asked(request.connection());
    boolean head = HttpMethod.HEAD.equals(request.method());
    if (!head && !HttpMethod.GET.equals(request.method())) {
      send(
          request,
          Problem.of(ApiReason.METHOD_NOT_ALLOWED, "Here one may GET.")
              .withHeader("Allow", "GET, HEAD")
              .reply());
      return;
    }
    switch (Optional.ofNullable(request.path()).orElse("")) {
      case "/" -> send(request, listing());
      case "/health" -> send(request, HealthReply.of(parts.health().look()));
      case "/health/live" -> send(request, Reply.json(200, Json.object().put("status", "up")));
      case "/health/ready" -> send(request, ready(parts.readiness().checks()));
      case "/metrics" -> metrics(request);
      default -> send(request, Problem.of(ApiReason.NOT_FOUND, "There is nothing here.").reply());
    }
  }

  private static Reply listing() {
    ObjectNode body = Json.object();
    body.putArray("routes").add("/health").add("/health/live").add("/health/ready").add("/metrics");
    return Reply.json(200, body);
  }

  private static Reply ready(Map<String, Boolean> checks) {
    boolean ready = checks.values().stream().allMatch(Boolean::booleanValue);
    ObjectNode body = Json.object().put("status", ready ? "up" : "down");
    ObjectNode each = body.putObject("checks");
    checks.forEach((name, holds) -> each.put(name, holds ? "up" : "down"));
    return Reply.json(ready ? 200 : 503, body);
  }

  /** Off the loop: a scrape walks every meter. */
  private void metrics(HttpServerRequest request) {
    Optional<String> accept = Optional.ofNullable(request.getHeader("Accept"));
    scrapes
        .text(accept)
        .map(text -> new Reply(200, text.contentType(), text.body(), Map.of()))
        .otherwise(
            bug -> {
              LOG.error("The scrape failed", bug);
              return Problem.of(ApiReason.INTERNAL_ERROR, "The scrape failed.").reply();
            })
        .onSuccess(reply -> send(request, reply));
  }

  private void send(HttpServerRequest request, Reply reply) {
    if (request.response().closed()) {
      return;
    }
    request.response().setStatusCode(reply.status());
    reply.headers().forEach(request.response()::putHeader);
    request
        .response()
        .putHeader("Content-Type", reply.contentType())
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(HttpMethod.HEAD.equals(request.method()) ? "" : reply.body())
        .onComplete(written -> connections.answered(request.connection()));
  }
}
