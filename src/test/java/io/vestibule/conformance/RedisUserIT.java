package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vestibule.access.BuildingId;
import io.vestibule.audit.Trimming;
import io.vestibule.config.Durability;
import io.vestibule.config.RedisConfig;
import io.vestibule.metrics.Meters;
import io.vestibule.store.FailureCause;
import io.vestibule.store.Keys;
import io.vestibule.store.RedisStore;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.testing.GatewayProcess;
import io.vestibule.testing.Jdk;
import io.vestibule.testing.OnLoop;
import io.vestibule.testing.RedisProcess;
import io.vestibule.testing.WireApi;
import io.vestibule.testing.WireCourier;
import io.vestibule.testing.WireDoor;
import io.vestibule.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The user of Redis that docs/OPERATIONS.md makes: all that a gateway does goes through it, and
 * nothing of it is too much.
 */
@Tag("system")
final class RedisUserIT {
  private static final String PASSWORD = "a-long-password";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What Redis counted of each command: name and calls. */
  private static final Pattern CALLED =
      Pattern.compile("(?m)^cmdstat_([^:]+):calls=([1-9][0-9]*),.*$");

  private static RedisProcess redis;
  private static Stage stage;

  /** As a gateway had become ready, and nothing else had happened. */
  private static Set<String> greeted;

  /** As all that a gateway does was done. */
  private static Set<String> called;

  private static String refusals;

  @BeforeAll
  static void doEverything() throws Exception {
    redis = RedisProcess.start();
    assertThat(redis.ask(Guide.redisUser(PASSWORD))).isEqualTo("+OK");
    assertThat(redis.ask("CONFIG RESETSTAT")).isEqualTo("+OK");
    stage =
        Stage.set(
            Jdk.found().get(0),
            Map.of("VESTIBULE_REDIS_ENDPOINTS", url(), "VESTIBULE_UNLOCK_RATE_PER_DOOR", "3/s"),
            redis);
    greeted = called();
    provision();
    visits();
    doors();
    denials();
    neighbours();
    readings();
    trimming();
    called = called();
    refusals = redis.ask("ACL LOG");
  }

  @AfterAll
  static void end() {
    stage.close();
  }

  @Test
  void allThatAGatewayDoes_isAllowed() throws Exception {
    assertThat(refusals).as("%s", redis.ask("ACL LOG")).isEqualTo("*0");
    assertThat(management("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void allThatIsAllowed_isNeeded() throws Exception {
    String line = Guide.redisUser(PASSWORD);

    assertThat(greeted).contains("ping", "info", "client|tracking");
    assertThat(called).containsAll(Guide.allowed(line));
    try (WireDoor here = stage.connect(stage.door())) {
      assertThat(here.connected()).isTrue();
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(Guide.keys(line)).allMatch(RedisUserIT::isKept));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FLUSHALL",
        "FLUSHDB",
        "KEYS *",
        "SCAN 0",
        "RANDOMKEY",
        "CONFIG SET maxmemory-policy allkeys-lru",
        "CONFIG GET requirepass",
        "ACL LIST",
        "ACL SETUSER vestibule allcommands",
        "CLIENT LIST",
        "CLIENT KILL TYPE normal",
        "SCRIPT FLUSH",
        "FUNCTION LIST",
        "MONITOR",
        "SHUTDOWN NOSAVE",
        "REPLICAOF NO ONE",
        "BGSAVE",
        "SWAPDB 0 1",
        "MIGRATE 127.0.0.1 1 vd:door:door-1 0 1",
        "RENAME vd:door:door-1 vd:door:door-2",
        "GET other",
        "SET other 1",
        "GET vx:other",
        "DEL vb:{000}:grant:g other",
        "EVAL \"return 1\" 1 other",
        "EVAL \"return redis.call('GET', 'other')\" 0",
        "EVAL \"return redis.call('KEYS', '*')\" 0",
        "SUBSCRIBE other",
        "PSUBSCRIBE *",
        "PUBLISH other 1"
      })
  void anythingElse_isRefused(String command) throws IOException {
    assertThat(redis.askAs("vestibule", PASSWORD, command))
        .matches("-NOPERM .*|-ERR The user executing the script can't .*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "evalsha", "xadd", "hset"})
  void withoutOneCommand_nothingOpens_andItRecoversOnceItIsBack(String command) throws Exception {
    String door = stage.door();
    String grant = stage.grant(door, "L1", ",\"maxUses\":9");
    try (WireDoor device = stage.connect(door)) {
      redis.ask("ACL SETUSER vestibule -" + command);
      WireApi.Answer refused = unlock(door, grant);
      redis.ask("ACL SETUSER vestibule +" + command);

      assertThat(refused.text("reason")).isEqualTo("store_unavailable");
      assertThat(device.commands()).isEmpty();
      await().atMost(PATIENCE).until(() -> unlock(door, grant).status() == 200);
    }
  }

  @Test
  void confirmedWrites_needTheLineThatIsAddedForThem() throws IOException {
    Vertx vertx = Vertx.vertx();
    OnLoop loop = new OnLoop(vertx);
    redis.ask("CONFIG SET repl-diskless-sync-delay 0");
    String wait = addition("wait");
    try (RedisProcess replica = RedisProcess.start("--replicaof", "127.0.0.1 " + redis.port())) {
      RedisStore store = store(vertx, Durability.REPLICA);
      await().atMost(PATIENCE).until(() -> replica.ask("EXISTS vd:courier:ana").equals(":1"));

      Throwable refused =
          loop.failureOf(() -> store.commandDurably("SET", Keys.retention("000"), "1"));
      assertThat(((StoreUnavailable) refused).why()).isEqualTo(FailureCause.NOT_AUTHORIZED);

      assertThat(redis.ask(wait)).isEqualTo("+OK");
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(
              () ->
                  loop.call(() -> store.commandDurably("DEL", Keys.retention("000"))).number()
                      == 1);
    } finally {
      OnLoop.await(vertx.close().toCompletionStage().toCompletableFuture());
    }
  }

  private static void provision() throws Exception {
    String building = "/v1/buildings/oak-3";
    stage.put("oak-3");
    succeeded(stage.operator().post(building + "/lockdown", "{}"));
    succeeded(stage.operator().get(building + "/lockdown"));
    succeeded(stage.operator().delete(building + "/lockdown"));
    succeeded(stage.operator().delete("/v1/doors/" + stage.door("oak-3")));
    succeeded(stage.operator().delete(building));
    stage.put(new WireCourier("ben"));
    succeeded(stage.operator().delete("/v1/couriers/ben"));
  }

  /** Visits up to the door's rate and past it, a retry; a grant that is revoked, one delivered. */
  private static void visits() throws Exception {
    String door = stage.door();
    try (WireDoor device = stage.connect(door)) {
      String grant = stage.grant(door, "L1", ",\"maxUses\":100,\"graceSeconds\":0");
      String request = stage.courier().request(door, grant, "L1");
      WireApi.Answer first = stage.operator().unlock(door, request);
      succeeded(first);
      assertThat(stage.operator().unlock(door, request).header("Idempotent-Replayed"))
          .isEqualTo("true");
      succeeded(stage.operator().get("/v1/unlocks/" + first.text("unlock")));
      assertThat(device.commands()).hasSize(1);
      // At a steady pace, the oldest of the last visits makes room while the younger are known.
      await()
          .atMost(PATIENCE)
          .until(() -> unlock(door, grant).status() < 500 && called().contains("ltrim"));
    }
    succeeded(stage.operator().delete("/v1/grants/" + stage.grant(door, "L2", "")));
    succeeded(
        stage.operator().post("/v1/grants/" + stage.grant(door, "L3", "") + "/delivered", ""));
    String body = Stage.grantBody("once", stage.courier(), door, "L4", "");
    succeeded(stage.operator().postOnce("/v1/grants", body, "key-1"));
    succeeded(stage.operator().postOnce("/v1/grants", body, "key-1"));
  }

  /** More boots than are remembered, telemetry, and a request that is read at the door. */
  private static void doors() throws Exception {
    String door = stage.door();
    try (WireDoor device = stage.connect(door)) {
      for (int boot = 0; boot < 10; boot++) {
        device.publish(
            "event",
            "{\"type\":\"booted\",\"at\":%d,\"boot\":\"b%d\",\"seq\":1}"
                .formatted(System.currentTimeMillis(), boot));
      }
      device.publish(
          "telemetry", "{\"at\":%d,\"battery\":90}".formatted(System.currentTimeMillis()));
      device.publish("request", stage.courier().request(door, stage.grant(door, "L1", ""), "L1"));
      await().atMost(PATIENCE).until(() -> device.responses().size() == 1);
      await().atMost(PATIENCE).until(() -> !redis.ask("KEYS vt:*").equals("*0"));
    }
  }

  /** More than have records of their own. */
  private static void denials() throws Exception {
    String door = stage.door();
    for (int count = 0; count < 70; count++) {
      assertThat(unlock(door, "none").text("reason")).isEqualTo("door_offline");
    }
    try (WireDoor device = stage.connect(door)) {
      assertThat(unlock(door, "none").text("reason")).isEqualTo("unknown_grant");
      assertThat(device.commands()).isEmpty();
    }
  }

  /** A door that is asked for at another gateway than its own. */
  private static void neighbours() throws Exception {
    String door = stage.door();
    String request = stage.courier().request(door, stage.grant(door, "L1", ""), "L1");
    try (GatewayProcess other = stage.startBeside(Map.of("VESTIBULE_NODE_ID", "neighbour"));
        WireDoor device = stage.connect(door)) {
      stage.operatorAt(other).unlock(door, request);
      assertThat(device.connected()).isTrue();
    }
  }

  private static void readings() throws Exception {
    String log = "/v1/buildings/" + Stage.BUILDING;
    succeeded(stage.operator().get(log + "/audit?limit=5"));
    try (Stream<String> all = stage.operator().lines(log + "/audit", "application/x-ndjson")) {
      assertThat(all.count()).isGreaterThan(60);
    }
    try (Stream<String> live = stage.operator().lines(log + "/events", "text/event-stream")) {
      assertThat(live.findFirst()).isPresent();
    }
    assertThat(management("/metrics").body()).contains("vestibule_cache_standing 1.0");
  }

  /** The hourly chore, now. */
  private static void trimming() {
    Vertx vertx = Vertx.vertx();
    RedisStore store = store(vertx, Durability.PRIMARY);
    int shard = Integer.parseInt(Keys.shard(new BuildingId(Stage.BUILDING)), 16);
    new OnLoop(vertx).call(() -> new Trimming(store).trim(shard));
    OnLoop.await(vertx.close().toCompletionStage().toCompletableFuture());
  }

  private static WireApi.Answer unlock(String door, String grant) throws Exception {
    return stage.operator().unlock(door, stage.courier().request(door, grant, "L1"));
  }

  private static void succeeded(WireApi.Answer answer) {
    assertThat(answer.status()).as(answer.raw().body()).isBetween(200, 299);
  }

  private static HttpResponse<String> management(String path) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + stage.gateway().port("management") + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static Set<String> called() throws IOException {
    return CALLED
        .matcher(redis.askAll("INFO commandstats"))
        .results()
        .map(stat -> stat.group(1))
        .collect(Collectors.toSet());
  }

  private static boolean isKept(String pattern) {
    try {
      return !redis.ask("KEYS " + pattern).equals("*0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String addition(String command) {
    return Guide.redisUserAdditions().stream()
        .filter(line -> line.endsWith(" +" + command))
        .findFirst()
        .orElseThrow();
  }

  private static RedisStore store(Vertx vertx, Durability durability) {
    RedisConfig config =
        new RedisConfig(RedisConfig.Mode.STANDALONE, List.of(url()), false, durability);
    return new RedisStore(vertx, config, Time.system(), new Meters(new SimpleMeterRegistry()));
  }

  private static String url() {
    return "redis://vestibule:" + PASSWORD + "@127.0.0.1:" + redis.port();
  }
}
