package io.vestibule.http;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.DoorId;
import io.vestibule.access.ManagerId;
import io.vestibule.access.Status;
import io.vestibule.audit.AuditRecord;
import io.vestibule.audit.RecordType;
import io.vestibule.audit.RedisAuditLog;
import io.vestibule.audit.RedisAuditReader;
import io.vestibule.config.HttpConfig;
import io.vestibule.config.RedisConfig;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import io.vestibule.metrics.Meters;
import io.vestibule.store.Keys;
import io.vestibule.store.RedisStore;
import io.vestibule.store.Reply;
import io.vestibule.testing.HttpApi;
import io.vestibule.testing.HttpFakeDirectory;
import io.vestibule.testing.HttpFakeDoors;
import io.vestibule.testing.HttpFakeGrants;
import io.vestibule.testing.HttpFakeIdempotency;
import io.vestibule.testing.HttpFakeRegistry;
import io.vestibule.testing.HttpFakeUnlocks;
import io.vestibule.testing.HttpTokens;
import io.vestibule.testing.OnLoop;
import io.vestibule.testing.RedisProcess;
import io.vestibule.testing.RedisProxy;
import io.vestibule.testing.SimTime;
import io.vestibule.time.Time;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * An API before a real Redis whose line can be cut, with a clock of its own. Records are written on
 * another line, as by another gateway.
 */
final class AuditStage implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(20);
  static final HttpTokens TOKENS = new HttpTokens();
  static final Building ELM = building("elm", "homes");
  static final Building OAK = building("oak", "others");
  static final String READS = TOKENS.token("homes", "audit:read");

  final RedisProcess redis = start();
  final RedisProxy line = new RedisProxy(redis);
  final Vertx vertx = Vertx.vertx();
  final OnLoop loop = new OnLoop(vertx);
  final SimTime time = new SimTime();
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final HttpFakeDirectory directory = new HttpFakeDirectory();
  final RedisStore control = store(redis.url(), new SimpleMeterRegistry());
  final RedisAuditLog log = new RedisAuditLog(control);
  final ApiServer server;
  final HttpApi api;
  private final RedisStore store = store(line.url(), registry);
  private final BearerAuth auth;

  AuditStage(StreamLimits limits) {
    this(limits, Optional.empty());
  }

  AuditStage(StreamLimits limits, Optional<HttpConfig.Tls> tls) {
    directory.buildings.put(ELM.id(), ELM);
    directory.buildings.put(OAK.id(), OAK);
    Meters meters = new Meters(registry);
    auth = HttpFixture.await(BearerAuth.open(vertx, HttpFixture.authConfig(jwks()), time));
    Api collaborators =
        new Api(
            new HttpFakeUnlocks(),
            new Api.Entries(directory, new HttpFakeRegistry(directory)),
            new Api.Visits(new HttpFakeGrants(), new HttpFakeIdempotency()),
            new Api.DoorState(
                new HttpFakeDoors(), door -> Future.succeededFuture(Optional.empty())),
            new Api.Log(new RedisAuditReader(store, meters, time), limits),
            new Api.Edge(auth, "{\"keys\":[]}", meters, time));
    server =
        new ApiServer(
            vertx,
            new HttpConfig("127.0.0.1", 0, tls, limits.countMax()),
            collaborators,
            new Limits(2, 100, Duration.ofSeconds(2)));
    HttpFixture.await(server.start());
    api = new HttpApi(HttpClient.newHttpClient(), "http://127.0.0.1:" + server.port());
    loop.call(control::connect);
  }

  /** Quick to look and to ask; the clock that bounds what takes long is the test's. */
  static StreamLimits limits(int countMax) {
    return new StreamLimits(
        countMax,
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofSeconds(15),
        Duration.ofSeconds(10));
  }

  static Building building(String id, String manager) {
    return new Building(
        new BuildingId(id),
        new ManagerId(manager),
        ZoneId.of("Europe/Berlin"),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Status.ACTIVE,
        30);
  }

  /** Records with these numbers, written in their order. */
  void write(int from, int count) {
    OnLoop.await(writing(loop, from, count));
  }

  /** As {@link #write}, without waiting. */
  CompletableFuture<?> writing(OnLoop on, int from, int count) {
    return on.start(
        () -> {
          List<Future<Void>> all = new ArrayList<>();
          for (int number = from; number < from + count; number++) {
            all.add(log.append(ELM, record(number, "")));
          }
          return Future.join(all);
        });
  }

  static AuditRecord record(int number, String filling) {
    Instant at = Instant.parse("2026-11-23T08:00:00Z");
    return new AuditRecord(
        RecordType.DOOR_OPENED,
        ELM.id(),
        Optional.of(new DoorId("front")),
        at,
        at.plusMillis(20),
        Map.of("seq", number, "boot", filling));
  }

  /** The ids of the records that Redis has, oldest first. */
  List<String> ids() {
    return command("XRANGE", Keys.audit(ELM.id()), "-", "+").list().stream()
        .map(entry -> entry.list().get(0).text())
        .toList();
  }

  Reply command(String name, String... args) {
    return loop.call(() -> control.command(name, args));
  }

  void flush() {
    command("FLUSHALL");
  }

  EventReader events(String... headers) {
    return EventReader.open(
        api.request("/v1/buildings/elm/events").header("Authorization", "Bearer " + READS),
        headers);
  }

  double requests(String route) {
    return registry
        .get("vestibule.http.requests")
        .tags("route", route, "status", "2xx")
        .counter()
        .count();
  }

  long timedCount() {
    return registry.get("vestibule.http.request.duration").tag("status", "2xx").timer().count();
  }

  double ended(String cause) {
    return registry.get("vestibule.http.streams.ended").tag("cause", cause).counter().count();
  }

  double open(String kind) {
    return registry.get("vestibule.http.streams.open").tag("kind", kind).gauge().value();
  }

  void awaitOpen(String kind, int count) {
    await().atMost(PATIENCE).until(() -> open(kind) == count);
  }

  void awaitEnded(String cause, double count) {
    await().atMost(PATIENCE).until(() -> ended(cause) == count);
  }

  double bugs() {
    return registry.get("vestibule.http.errors").counter().count();
  }

  static JsonNode json(String text) {
    try {
      return Json.read(text);
    } catch (MalformedJson e) {
      throw new AssertionError(text, e);
    }
  }

  static int number(JsonNode record) {
    return record.at("/data/seq").asInt(-1);
  }

  @Override
  public void close() {
    HttpFixture.await(server.close());
    auth.close();
    OnLoop.await(store.close().toCompletionStage().toCompletableFuture());
    OnLoop.await(control.close().toCompletionStage().toCompletableFuture());
    HttpFixture.await(vertx.close());
    line.close();
    redis.close();
  }

  private RedisStore store(String url, SimpleMeterRegistry meters) {
    RedisConfig config =
        new RedisConfig(RedisConfig.Mode.STANDALONE, List.of(url), /* embedded= */ false);
    return new RedisStore(vertx, config, Time.system(), new Meters(meters));
  }

  private static String jwks() {
    try {
      Path file = Files.createTempFile("issuer", ".json");
      file.toFile().deleteOnExit();
      return Files.writeString(file, TOKENS.jwks()).toString();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RedisProcess start() {
    try {
      return RedisProcess.start("--appendonly", "yes", "--appendfsync", "always");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
