package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vestibule.access.BuildingId;
import io.vestibule.audit.Trimming;
import io.vestibule.metrics.Meters;
import io.vestibule.store.Keys;
import io.vestibule.store.RedisStore;
import io.vestibule.testing.Jdk;
import io.vestibule.testing.OnLoop;
import io.vestibule.testing.RedisFixture;
import io.vestibule.testing.RedisProcess;
import io.vestibule.testing.WireApi;
import io.vestibule.testing.WireCourier;
import io.vestibule.testing.WireDoor;
import io.vestibule.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What docs/OPERATIONS.md says of backups, of erasing, and of what Redis needs for what is kept.
 */
@Tag("system")
final class KeptDataIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String DUMP = "dump.rdb";

  /** A line for each key: what is left of its life in ms, its name, and all that is in it. */
  private static final String EVERYTHING =
      """
      EVAL "local function text(value) if type(value) ~= 'table' then return tostring(value) end \
      local all = {} for _, one in ipairs(value) do all[#all + 1] = text(one) end \
      return table.concat(all, ' ') end \
      local read = {string = {'GET'}, hash = {'HGETALL'}, list = {'LRANGE', 0, -1}, \
      set = {'SMEMBERS'}, zset = {'ZRANGE', 0, -1}, stream = {'XRANGE', '-', '+'}} \
      local lines = {} for _, key in ipairs(redis.call('KEYS', '*')) do \
      local how = read[redis.call('TYPE', key).ok] \
      local value = redis.call(how[1], key, unpack(how, 2)) \
      lines[#lines + 1] = redis.call('PTTL', key) .. ' ' .. key .. ' ' .. text(value) end \
      return table.concat(lines, '\\\\n')" 0\
      """;

  private static RedisProcess redis;
  private static Stage stage;

  @BeforeAll
  static void set() throws Exception {
    redis = RedisProcess.startKept();
    stage = Stage.set(Jdk.found().get(0), Map.of(), redis);
  }

  @AfterAll
  static void strike() {
    stage.close();
  }

  @Test
  void restoredBackup_hasTheLogWhole_andNothingThatOpenedOpensAgain() throws Exception {
    String door = stage.door();
    String grant = stage.grant(door, "L1", ",\"graceSeconds\":0");
    String late = stage.grant(door, "L1", ",\"graceSeconds\":0");
    try (WireDoor device = stage.connect(door)) {
      String opened = stage.courier().request(door, grant, "L1");
      assertThat(stage.operator().unlock(door, opened).status()).isEqualTo(200);
      Path backup = backUp();
      List<JsonNode> log = log();
      Instant signed = Instant.now();
      String forgotten = expiringRequest(door, late, signed);
      assertThat(stage.operator().unlock(door, forgotten).status()).isEqualTo(200);

      restore(backup);

      await().atMost(PATIENCE).until(() -> Instant.now().isAfter(signed.plusSeconds(4)));
      await().atMost(PATIENCE).until(() -> reason(door, forgotten).equals("expired"));
      assertThat(log().subList(0, log.size())).isEqualTo(log);
      WireApi.Answer retry = stage.operator().unlock(door, opened);
      assertThat(retry.text("state")).as(retry.raw().body()).isEqualTo("opened");
      assertThat(retry.header("Idempotent-Replayed")).isEqualTo("true");
      assertThat(reason(door, stage.courier().request(door, grant, "L1")))
          .isEqualTo("grant_used_up");
      assertThat(device.unlocks()).hasSize(2).doesNotHaveDuplicates();
      assertThat(stage.operator().unlock(door, stage.courier().request(door, late, "L1")).status())
          .as("a grant used after the backup")
          .isEqualTo(200);
      assertThat(redis.ask("CONFIG GET appendonly")).isEqualTo("*2");
      assertThat(redis.askAll("INFO persistence")).contains("aof_enabled:1");
    }
  }

  @Test
  void erasedBuildingDoorAndCourier_areNamedNowhere_onceTheStatedTimesAreOver() throws Exception {
    stage.put("oak-3");
    WireCourier ben = new WireCourier("courier-ben");
    stage.put(ben);
    String door = stage.door("oak-3");
    useAll(ben, door);
    List<String> names =
        List.of("oak-3", "courier-ben", "\"" + door + "\"", ":" + door, " " + door);
    assertThat(naming(names)).hasSizeGreaterThan(9);

    deleted("/v1/doors/" + door);
    deleted("/v1/buildings/oak-3");
    deleted("/v1/couriers/courier-ben");

    List<Left> left = naming(names);
    assertThat(left).isNotEmpty().allSatisfy(KeptDataIT::endsAsTheGuideSays);
    for (Left key : left) {
      if (key.lifeMs() > 0) {
        redis.ask("DEL " + key.name());
      }
    }
    trim("oak-3");
    assertThat(naming(names)).isEmpty();
  }

  @Test
  void whatIsKept_takesTheMemoryThatTheGuideSays() throws Exception {
    String door = stage.door();
    String grant = stage.grant(door, "L1", "");
    String audit = Keys.audit(new BuildingId(Stage.BUILDING));
    try (WireDoor device = stage.connect(door)) {
      for (int seq = 0; seq < 100; seq++) {
        publish(device, seq);
      }
      WireApi.Answer opened =
          stage.operator().unlock(door, stage.courier().request(door, grant, "L1"));
      String shard = "vb:{" + opened.text("unlock").substring(1, 4) + "}:";

      Map<String, Long> measured =
          Map.of(
              "a grant",
              bytes(shard + "grant:" + grant) + bytes("vg:" + grant),
              "an attempt",
              bytes(shard + "attempt:" + opened.text("unlock"))
                  + bytes("vj:" + opened.text("unlock").substring(4)),
              "a door",
              bytes("vd:door:" + door),
              "a courier",
              bytes("vd:courier:ana"),
              "a building",
              bytes("vd:building:" + Stage.BUILDING),
              "an audit record",
              bytes(audit) / number("XLEN " + audit));
      // No more than is said, and not much less.
      assertThat(measured)
          .allSatisfy(
              (what, bytes) ->
                  assertThat(bytes)
                      .as("%s of %s", what, measured)
                      .isBetween(Guide.bytes(what) / 2, Guide.bytes(what)));
    }
  }

  /** Uses whatever leaves something behind. */
  private static void useAll(WireCourier ben, String door) throws Exception {
    String grant = stage.grant(ben, door, "L1", "");
    try (WireDoor device = stage.connect(door)) {
      publish(device, 1);
      device.publish(
          "telemetry", "{\"at\":%d,\"battery\":90}".formatted(System.currentTimeMillis()));
      String request = ben.request(door, grant, "L1");
      assertThat(stage.operator().unlock(door, request).status()).isEqualTo(200);
      assertThat(reason(door, ben.request(door, "none", "L1"))).isEqualTo("unknown_grant");
      await().atMost(PATIENCE).until(() -> !redis.ask("EXISTS vt:" + door).equals(":0"));
    }
    String body = Stage.grantBody("kept-once", ben, door, "L2", "");
    assertThat(stage.operator().postOnce("/v1/grants", body, "key").status()).isEqualTo(201);
    stage.operator().post("/v1/buildings/oak-3/lockdown", "{}");
  }

  /** As the guide does it. */
  private static Path backUp() throws IOException {
    redis.ask("BGSAVE");
    await().atMost(PATIENCE).until(() -> persistence("rdb_bgsave_in_progress:0"));
    assertThat(persistence("rdb_last_bgsave_status:ok")).isTrue();
    return Files.copy(
        redis.directory().resolve(DUMP), Files.createTempDirectory("backup").resolve(DUMP));
  }

  /** Into a Redis that has lost everything. */
  private static void restore(Path backup) throws IOException {
    redis.kill();
    try (Stream<Path> files = Files.walk(redis.directory())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(redis.directory())) {
          Files.delete(file);
        }
      }
    }
    Files.copy(backup, redis.directory().resolve(DUMP));
    redis.restart(List.of("--appendonly", "no"));
    assertThat(redis.ask("CONFIG SET appendonly yes")).isEqualTo("+OK");
    await().atMost(PATIENCE).until(() -> persistence("aof_rewrite_in_progress:0"));
    assertThat(persistence("aof_last_bgrewrite_status:ok")).isTrue();
    redis.ask("SHUTDOWN");
    redis.kill();
    // As usual again, and so from the file that was made of the backup.
    Files.delete(redis.directory().resolve(DUMP));
    redis.restart();
  }

  private static boolean persistence(String line) throws IOException {
    return redis.askAll("INFO persistence").contains(line);
  }

  /** In order for two seconds more, and over in four. */
  private static String expiringRequest(String door, String grant, Instant at) throws Exception {
    Map<String, Object> claims = stage.courier().claims(door, grant, "L1");
    claims.put("iat", at.getEpochSecond() - 30);
    claims.put("exp", at.getEpochSecond() - 2);
    return stage.courier().sign(claims);
  }

  private static String reason(String door, String request) throws Exception {
    return stage.operator().unlock(door, request).text("reason");
  }

  private static List<JsonNode> log() throws Exception {
    List<JsonNode> records = new ArrayList<>();
    String path = "/v1/buildings/" + Stage.BUILDING + "/audit?limit=1000";
    stage.operator().get(path).body().path("records").forEach(records::add);
    assertThat(records).isNotEmpty();
    return records;
  }

  private static void publish(WireDoor device, int seq) throws Exception {
    device.publish(
        "event",
        "{\"type\":\"closed\",\"at\":%d,\"boot\":\"b\",\"seq\":%d}"
            .formatted(System.currentTimeMillis(), seq));
  }

  private static void deleted(String path) throws Exception {
    assertThat(stage.operator().delete(path).status()).as(path).isEqualTo(204);
  }

  /** A key that names somebody, and how long it still will; -1 for ever. */
  private record Left(long lifeMs, String name) {}

  private static List<Left> naming(List<String> names) throws IOException {
    List<Left> left = new ArrayList<>();
    for (String line : redis.askAll(EVERYTHING).split("\n")) {
      if (names.stream().anyMatch(line::contains)) {
        String[] words = line.split(" ", 3);
        left.add(new Left(Long.parseLong(words[0]), words[1]));
      }
    }
    return left;
  }

  private static void endsAsTheGuideSays(Left key) {
    String kind = kind(key.name());
    Duration most = Guide.kept(kind);
    if (most.isZero()) {
      assertThat(kind).as("kept without an end").isEqualTo("vb:…:retention");
    } else {
      assertThat(key.lifeMs()).as(key.name()).isBetween(1L, most.toMillis());
    }
  }

  /** As the guide's table calls it. */
  private static String kind(String key) {
    return key.replaceFirst("^vb:\\{[0-9a-f]{3}}:([a-z]+:?).*$", "vb:…:$1")
        .replaceFirst("^(v[dnx]:[a-z]+:).*$", "$1")
        .replaceFirst("^(v[gijrt]:).*$", "$1");
  }

  private static void trim(String building) {
    Vertx vertx = Vertx.vertx();
    RedisStore store =
        new RedisStore(
            vertx,
            RedisFixture.config(redis),
            Time.system(),
            new Meters(new SimpleMeterRegistry()));
    int shard = Integer.parseInt(Keys.shard(new BuildingId(building)), 16);
    new OnLoop(vertx).call(() -> new Trimming(store).trim(shard));
    OnLoop.await(vertx.close().toCompletionStage().toCompletableFuture());
  }

  private static long bytes(String key) throws IOException {
    return number("MEMORY USAGE " + key + " SAMPLES 0");
  }

  private static long number(String question) throws IOException {
    String answer = redis.ask(question);
    assertThat(answer).as(question).startsWith(":");
    return Long.parseLong(answer.substring(1));
  }
}
