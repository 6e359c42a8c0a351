package io.vestibule.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CarrierId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import io.vestibule.access.UnlockId;
import io.vestibule.config.AuthConfig;
import io.vestibule.config.HttpConfig;
import io.vestibule.grant.Attempt;
import io.vestibule.grant.Claim;
import io.vestibule.grant.Outcome;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import io.vestibule.metrics.Meters;
import io.vestibule.testing.HttpApi;
import io.vestibule.testing.HttpFakeAuditReader;
import io.vestibule.testing.HttpFakeDirectory;
import io.vestibule.testing.HttpFakeDoors;
import io.vestibule.testing.HttpFakeGrants;
import io.vestibule.testing.HttpFakeIdempotency;
import io.vestibule.testing.HttpFakeRegistry;
import io.vestibule.testing.HttpFakeUnlocks;
import io.vestibule.testing.HttpTokens;
import io.vestibule.testing.OnLoop;
import io.vestibule.time.Time;
import io.vestibule.unlock.Answer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An API server on a port of its own, around fakes. */
final class HttpFixture implements AutoCloseable {
  static final HttpTokens TOKENS = new HttpTokens();

  final Vertx vertx = Vertx.vertx();
  final HttpFakeUnlocks unlocks = new HttpFakeUnlocks();
  final HttpFakeDirectory directory = new HttpFakeDirectory();
  final HttpFakeGrants grants = new HttpFakeGrants();
  final HttpFakeDoors doors = new HttpFakeDoors();
  final HttpFakeRegistry registry = new HttpFakeRegistry(directory);
  final HttpFakeIdempotency idempotency = new HttpFakeIdempotency();
  final HttpFakeAuditReader log = new HttpFakeAuditReader();
  volatile @Nullable ObjectNode telemetry;
  final SimpleMeterRegistry meterRegistry = new SimpleMeterRegistry();
  final Path jwks;
  final ApiServer server;
  final BearerAuth auth;
  final HttpApi api;

  HttpFixture() {
    this(new Limits(2, 100, Duration.ofMillis(700)), Optional.empty());
  }

  HttpFixture(Limits limits, Optional<HttpConfig.Tls> tls) {
    try {
      jwks = Files.writeString(Files.createTempFile("issuer", ".json"), TOKENS.jwks());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    auth = await(BearerAuth.open(vertx, authConfig(jwks.toString()), Time.system()));
    Meters meters = new Meters(meterRegistry);
    Api collaborators = collaborators(meters);
    server = new ApiServer(vertx, new HttpConfig("127.0.0.1", 0, tls, 10), collaborators, limits);
    await(server.start());
    api = new HttpApi(HttpClient.newHttpClient(), "http://127.0.0.1:" + server.port());
  }

  private Api collaborators(Meters meters) {
    return new Api(
        unlocks,
        new Api.Entries(directory, registry),
        new Api.Visits(grants, idempotency),
        new Api.DoorState(doors, door -> Future.succeededFuture(Optional.ofNullable(telemetry))),
        new Api.Log(log, StreamLimits.standard(10)),
        new Api.Edge(auth, "{\"keys\":[]}", meters, Time.system()));
  }

  /** One that is not started. */
  ApiServer another(HttpConfig config) {
    return new ApiServer(
        vertx,
        config,
        collaborators(new Meters(new SimpleMeterRegistry())),
        new Limits(2, 100, Duration.ofSeconds(1)));
  }

  /** Those that a server has. */
  List<Route> routes() {
    Meters meters = new Meters(new SimpleMeterRegistry());
    Streams streams = new Streams(/* countMax= */ 1, meters);
    Api asked = collaborators(meters);
    return new OnLoop(vertx)
        .call(
            () ->
                Future.succeededFuture(
                    Routes.router(vertx, asked, Limits.standard(20_000), streams).getRoutes()));
  }

  static AuthConfig authConfig(String jwks) {
    return new AuthConfig(HttpTokens.ISSUER, HttpTokens.AUDIENCE, jwks);
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(10, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return Json.read(response.body());
    } catch (MalformedJson e) {
      throw new AssertionError(response.body(), e);
    }
  }

  static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  static Attempt attempt(Optional<Outcome> outcome) {
    Instant at = Instant.parse("2026-11-22T08:00:00.120Z");
    return new Attempt(
        new UnlockId("u-1"),
        "hash",
        new Claim.Who(new CourierId("c-1"), new CarrierId("carrier-a")),
        new Claim.Where(new DoorId("d-1"), new BuildingId("b-1"), 90),
        new GrantId("g-1"),
        at,
        at.plusSeconds(8),
        outcome);
  }

  static Answer.Underway underway(boolean replayed, Future<Outcome> outcome) {
    Optional<Outcome> known =
        outcome.succeeded() ? Optional.of(outcome.result()) : Optional.empty();
    return new Answer.Underway(attempt(known), Optional.of("jti"), replayed, outcome);
  }

  int connectionCount() {
    return (int) meterRegistry.get("vestibule.http.connections").gauge().value();
  }

  double bugs() {
    return meterRegistry.get("vestibule.http.errors").counter().count();
  }

  @Override
  public void close() throws IOException {
    await(server.close());
    auth.close();
    await(vertx.close());
    Files.deleteIfExists(jwks);
  }
}
