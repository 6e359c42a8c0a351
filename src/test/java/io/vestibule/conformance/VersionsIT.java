package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.testing.GatewayProcess;
import io.vestibule.testing.Jar;
import io.vestibule.testing.Jdk;
import io.vestibule.testing.RedisProcess;
import io.vestibule.testing.WireApi;
import io.vestibule.testing.WireDoor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * This version and the one before it at once, on one Redis and as the user that the guide makes:
 * whatever one of them wrote, the other takes as its own.
 */
@Tag("system")
final class VersionsIT {
  private static final String PASSWORD = "a-long-password";
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String LOG = "/v1/buildings/" + Stage.BUILDING + "/audit";

  private static Jar previous;

  private Stage stage;
  private GatewayProcess old;

  /** Which of the two begins. */
  enum From {
    THIS,
    PREVIOUS
  }

  @BeforeAll
  static void build() throws Exception {
    previous = PreviousVersion.jar();
  }

  @BeforeEach
  void start() throws Exception {
    RedisProcess redis = RedisProcess.start();
    assertThat(redis.ask(Guide.redisUser(PASSWORD))).isEqualTo("+OK");
    Map<String, String> settings =
        Map.of(
            "VESTIBULE_REDIS_ENDPOINTS",
                "redis://vestibule:" + PASSWORD + "@127.0.0.1:" + redis.port(),
            "VESTIBULE_UNLOCK_DEADLINE", "4s",
            "VESTIBULE_UNLOCK_ACK_TIMEOUT", "3s");
    stage = Stage.set(Jdk.found().get(0), settings, redis);
    old = stage.startBeside(previous, Map.of("VESTIBULE_NODE_ID", "previous"));
  }

  @AfterEach
  void end() {
    old.close();
    stage.close();
  }

  @ParameterizedTest
  @EnumSource(From.class)
  void attemptOfOne_isARetryAtTheOther_alsoWhileItIsUnderWay(From from) throws Exception {
    String door = stage.door();
    String request = stage.courier().request(door, stage.grant(door, "L1", ""), "L1");
    try (WireDoor device = connect(door, from).answering(unlock -> "")) {
      CompletableFuture<WireApi.Answer> first = api(from).unlocking(door, request);
      await().atMost(PATIENCE).until(() -> device.unlocks().size() == 1);
      CompletableFuture<WireApi.Answer> retry = api(other(from)).unlocking(door, request);
      device.publish("ack", WireDoor.opened(device.unlocks().get(0)));

      assertThat(first.get(20, TimeUnit.SECONDS).text("state")).isEqualTo("opened");
      assertThat(retry.get(20, TimeUnit.SECONDS).header("Idempotent-Replayed")).isEqualTo("true");
      WireApi.Answer later = api(other(from)).unlock(door, request);
      assertThat(later.text("state")).as(later.raw().body()).isEqualTo("opened");
      String unlock = first.join().text("unlock");
      assertThat(api(other(from)).get("/v1/unlocks/" + unlock).text("state")).isEqualTo("opened");
      assertThat(device.commands()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(From.class)
  void attemptOfOneThatIsKilled_isClosedByTheOther(From from) throws Exception {
    String door = stage.door();
    String request = stage.courier().request(door, stage.grant(door, "L1", ""), "L1");
    try (WireDoor device = connect(door, from).answering(unlock -> "")) {
      CompletableFuture<WireApi.Answer> unanswered = api(from).unlocking(door, request);
      await().atMost(PATIENCE).until(() -> device.unlocks().size() == 1);

      gateway(from).kill();

      await().until(unanswered::isCompletedExceptionally);
      WireApi survivor = api(other(from));
      String unlock = device.unlocks().get(0);
      await()
          .atMost(PATIENCE)
          .until(() -> survivor.get("/v1/unlocks/" + unlock).text("state").equals("unknown"));
      assertThat(types(survivor, unlock))
          .containsExactly("vestibule.unlock.granted", "vestibule.unlock.unknown");
      try (WireDoor again = connect(door, other(from))) {
        assertThat(survivor.unlock(door, request).text("reason")).isEqualTo("door_timed_out");
        assertThat(again.commands()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(From.class)
  void whatIsChangedAtOne_isInForceAtTheOther(From from) throws Exception {
    WireApi here = api(from);
    WireApi there = api(other(from));
    String building = "/v1/buildings/" + Stage.BUILDING;
    String door = stage.door();
    String used = stage.grant(door, "L1", ",\"graceSeconds\":0");
    String revoked = stage.grant(door, "L1", "");
    try (WireDoor device = connect(door, other(from))) {
      assertThat(unlock(there, door, used).status()).isEqualTo(200);
      assertThat(here.get("/v1/grants/" + used).raw().body())
          .isEqualTo(there.get("/v1/grants/" + used).raw().body());
      assertThat(unlock(there, door, used).text("reason")).isEqualTo("grant_used_up");
      here.delete("/v1/grants/" + revoked);
      assertThat(unlock(there, door, revoked).text("reason")).isEqualTo("grant_revoked");
      here.post(building + "/lockdown", "{}");
      await().until(() -> unlock(there, door, revoked).text("reason").equals("lockdown"));
      there.delete(building + "/lockdown");
      await().until(() -> unlock(there, door, revoked).text("reason").equals("grant_revoked"));
      assertThat(device.commands()).hasSize(1);
    }
  }

  @Test
  void logOfBoth_isTheSameOnEither_pageByPage() throws Exception {
    String door = stage.door();
    for (From from : From.values()) {
      try (WireDoor device = connect(door, from)) {
        // To the second of them it is a repeat.
        device.publish(
            "event",
            "{\"type\":\"tamper\",\"at\":%d,\"boot\":\"b\",\"seq\":1}"
                .formatted(System.currentTimeMillis()));
        assertThat(unlock(api(from), door, stage.grant(door, "L1", "")).status()).isEqualTo(200);
      }
    }
    await().untilAsserted(() -> assertThat(log(From.THIS)).isEqualTo(log(From.PREVIOUS)));
    assertThat(log(From.THIS))
        .filteredOn(record -> record.path("type").asText().equals("vestibule.door.tamper"))
        .hasSize(1);
    String cursor = api(From.THIS).get(LOG + "?limit=3").text("next");
    assertThat(api(From.PREVIOUS).get(LOG + "?limit=3&cursor=" + cursor).raw().body())
        .isEqualTo(api(From.THIS).get(LOG + "?limit=3&cursor=" + cursor).raw().body());
  }

  @Test
  void rollBack_readsWhatTheNewVersionWrote_andGoesOn() throws Exception {
    String door = stage.door();
    String grant = stage.grant(door, "L1", ",\"graceSeconds\":0");
    String request = stage.courier().request(door, grant, "L1");
    try (WireDoor device = connect(door, From.THIS)) {
      assertThat(api(From.THIS).unlock(door, request).status()).isEqualTo(200);
      List<JsonNode> log = log(From.THIS);

      assertThat(stage.gateway().terminate(Duration.ofSeconds(30))).isZero();

      WireApi back = api(From.PREVIOUS);
      assertThat(log(From.PREVIOUS)).startsWith(log.toArray(JsonNode[]::new));
      assertThat(back.unlock(door, request).text("state")).isEqualTo("opened");
      assertThat(device.commands()).hasSize(1);
      try (WireDoor again = connect(door, From.PREVIOUS)) {
        assertThat(unlock(back, door, grant).text("reason")).isEqualTo("grant_used_up");
        assertThat(again.commands()).isEmpty();
      }
    }
  }

  private WireApi.Answer unlock(WireApi at, String door, String grant) throws Exception {
    return at.unlock(door, stage.courier().request(door, grant, "L1"));
  }

  private List<JsonNode> log(From at) throws Exception {
    List<JsonNode> records = new ArrayList<>();
    api(at).get(LOG + "?limit=1000").body().path("records").forEach(records::add);
    assertThat(records).isNotEmpty();
    return records;
  }

  private List<String> types(WireApi at, String unlock) throws Exception {
    List<String> types = new ArrayList<>();
    for (JsonNode record : at.get(LOG + "?limit=1000").body().path("records")) {
      if (record.at("/data/unlock").asText().equals(unlock)) {
        types.add(record.path("type").asText());
      }
    }
    return types;
  }

  private WireDoor connect(String door, From to) throws Exception {
    WireDoor device = WireDoor.connect(stage.pki(), door, gateway(to).port("mqtts"));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                api(to)
                    .get("/v1/doors/" + door)
                    .body()
                    .at("/connection/state")
                    .asText()
                    .equals("online"));
    return device;
  }

  private WireApi api(From from) {
    return stage.operatorAt(gateway(from));
  }

  private GatewayProcess gateway(From from) {
    return from == From.THIS ? stage.gateway() : old;
  }

  private static From other(From from) {
    return from == From.THIS ? From.PREVIOUS : From.THIS;
  }
}
