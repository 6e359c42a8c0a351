package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.json.Json;
import io.vestibule.testing.Jdk;
import io.vestibule.testing.WireApi;
import io.vestibule.testing.WireDoor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Unlocks on the packed jar, on each Java runtime found, by foreign clients. */
@ParameterizedClass
@MethodSource("runtimes")
final class UnlockIT {
  private static final String LABEL = "JD014600003SE";

  private static Stage stage;

  /** The stage is set before, once for each runtime. */
  UnlockIT(Jdk jdk) {}

  static List<Jdk> runtimes() {
    return Jdk.found();
  }

  @BeforeParameterizedClassInvocation
  static void set(Jdk jdk) throws Exception {
    stage = Stage.set(jdk);
  }

  @AfterParameterizedClassInvocation
  static void strike() {
    stage.close();
  }

  @Test
  void signedRequest_withParcelInWindow_opensTheDoor() throws Exception {
    String door = stage.door();
    try (WireDoor device = stage.connect(door)) {
      String request = stage.courier().request(door, stage.grant(door, LABEL, ""), LABEL);

      WireApi.Answer opened = stage.operator().unlock(door, request);

      assertThat(opened.status()).as(opened.raw().body()).isEqualTo(200);
      assertThat(opened.text("state")).isEqualTo("opened");
      assertThat(opened.text("door")).isEqualTo(door);
      assertThat(device.commands()).hasSize(1);
      WireApi.Answer read = stage.operator().get("/v1/unlocks/" + opened.text("unlock"));
      assertThat(read.text("state")).isEqualTo("opened");
    }
  }

  @Test
  void sameBytes_aHundredTimesAtOnceOnTwentyConnections_oneCommandAndOneAttempt() throws Exception {
    String door = stage.door();
    try (WireDoor device = stage.connect(door)) {
      String request = stage.courier().request(door, stage.grant(door, LABEL, ""), LABEL);
      List<WireApi> clients = new ArrayList<>();
      for (int index = 0; index < 20; index++) {
        clients.add(stage.anotherClient());
      }

      List<CompletableFuture<WireApi.Answer>> answers = new ArrayList<>();
      for (int index = 0; index < 100; index++) {
        answers.add(clients.get(index % 20).unlocking(door, request));
      }

      List<WireApi.Answer> all = new ArrayList<>();
      for (CompletableFuture<WireApi.Answer> answer : answers) {
        all.add(answer.get(20, TimeUnit.SECONDS));
      }
      assertThat(all).extracting(WireApi.Answer::status).containsOnly(200);
      assertThat(all)
          .extracting(answer -> answer.text("unlock"))
          .containsOnly(all.get(0).text("unlock"));
      assertThat(all)
          .extracting(answer -> answer.text("openedAt"))
          .containsOnly(all.get(0).text("openedAt"));
      assertThat(all)
          .filteredOn(answer -> answer.header("Idempotent-Replayed").isEmpty())
          .hasSize(1);
      assertThat(device.commands()).hasSize(1);
    }
  }

  @Test
  void retry_afterTheDoorLeftAndTheGrantWasRevoked_getsTheRecordedOutcome() throws Exception {
    String door = stage.door();
    String grant = stage.grant(door, LABEL, "");
    String request = stage.courier().request(door, grant, LABEL);
    WireApi.Answer first;
    try (WireDoor device = stage.connect(door)) {
      first = stage.operator().unlock(door, request);
      assertThat(device.commands()).hasSize(1);
    }
    assertThat(stage.operator().delete("/v1/grants/" + grant).status()).isEqualTo(204);
    awaitOffline(door);

    WireApi.Answer retry = stage.operator().unlock(door, request);

    assertThat(retry.status()).isEqualTo(200);
    assertThat(retry.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(retry.body()).isEqualTo(first.body());
    assertRefused(
        stage.operator().unlock(door, stage.courier().request(door, grant, LABEL)),
        503,
        "door_offline");
  }

  @Test
  void retry_afterTheDoorWasDeleted_getsTheRecordedOutcome() throws Exception {
    String door = stage.door();
    String request = stage.courier().request(door, stage.grant(door, LABEL, ""), LABEL);
    try (WireDoor device = stage.connect(door)) {
      assertThat(stage.operator().unlock(door, request).status()).isEqualTo(200);
      assertThat(stage.operator().delete("/v1/doors/" + door).status()).isEqualTo(204);
      await().until(() -> !device.connected());
    }

    WireApi.Answer retry = stage.operator().unlock(door, request);

    assertThat(retry.status()).isEqualTo(200);
    assertThat(retry.header("Idempotent-Replayed")).isEqualTo("true");
  }

  @Test
  void sameJtiWithOtherBytes_replayed_andNothingIsCommanded() throws Exception {
    String door = stage.door();
    String grant = stage.grant(door, LABEL, ",\"maxUses\":5");
    try (WireDoor device = stage.connect(door)) {
      Map<String, Object> claims = stage.courier().claims(door, grant, LABEL);
      assertThat(stage.operator().unlock(door, stage.courier().sign(claims)).status())
          .isEqualTo(200);
      claims.put("exp", (Long) claims.get("exp") - 1);

      assertRefused(stage.operator().unlock(door, stage.courier().sign(claims)), 409, "replayed");
      assertThat(device.commands()).hasSize(1);
    }
  }

  @Test
  void sixteenthUnlockInAMinute_rateLimited_withRetryAfter() throws Exception {
    String door = stage.door();
    String grant = stage.grant(door, LABEL, ",\"maxUses\":100");
    try (WireDoor device = stage.connect(door)) {
      for (int count = 0; count < 15; count++) {
        String request = stage.courier().request(door, grant, LABEL);
        assertThat(stage.operator().unlock(door, request).status()).isEqualTo(200);
      }

      WireApi.Answer limited =
          stage.operator().unlock(door, stage.courier().request(door, grant, LABEL));

      assertRefused(limited, 429, "rate_limited");
      assertThat(Integer.parseInt(limited.header("Retry-After"))).isBetween(1, 60);
      assertThat(device.commands()).hasSize(15);
    }
  }

  @Test
  void twoParcelsInOneVisit_useTheGrantOnce_andASecondVisitIsUsedUp() throws Exception {
    String door = stage.door();
    String grant = stage.grant(door, LABEL, ",\"maxUses\":1,\"graceSeconds\":300");
    String graceless = stage.grant(door, LABEL, ",\"maxUses\":1,\"graceSeconds\":0");
    try (WireDoor device = stage.connect(door)) {
      for (String used : List.of(grant, grant, graceless)) {
        String request = stage.courier().request(door, used, LABEL);
        assertThat(stage.operator().unlock(door, request).status()).isEqualTo(200);
      }

      assertRefused(
          stage.operator().unlock(door, stage.courier().request(door, graceless, LABEL)),
          403,
          "grant_used_up");
      assertThat(stage.operator().post("/v1/grants/" + grant + "/delivered", "{}").status())
          .isEqualTo(200);
      assertRefused(
          stage.operator().unlock(door, stage.courier().request(door, grant, LABEL)),
          403,
          "grant_closed");
      assertThat(device.commands()).hasSize(3);
    }
  }

  @Test
  void doorThatRefuses_doorRefused_andTheUseIsGivenBack() throws Exception {
    String door = stage.door();
    String grant = stage.grant(door, LABEL, ",\"graceSeconds\":0");
    try (WireDoor device = stage.connect(door)) {
      device.answering(unlock -> WireDoor.ack(unlock, "failed"));
      String request = stage.courier().request(door, grant, LABEL);
      WireApi.Answer refused = stage.operator().unlock(door, request);
      assertRefused(refused, 502, "door_refused");
      assertThat(refused.text("state")).isEqualTo("refused");
      WireApi.Answer retry = stage.operator().unlock(door, request);
      assertRefused(retry, 502, "door_refused");
      assertThat(retry.header("Idempotent-Replayed")).isEqualTo("true");

      device.answering(WireDoor::opened);

      assertThat(
              stage.operator().unlock(door, stage.courier().request(door, grant, LABEL)).status())
          .isEqualTo(200);
    }
  }

  @Test
  void silentDoor_timedOut_stateUnknown_theUseStays() throws Exception {
    String door = stage.door();
    String grant = stage.grant(door, LABEL, ",\"graceSeconds\":0");
    try (WireDoor device = stage.connect(door)) {
      device.answering(unlock -> "");

      WireApi.Answer silent =
          stage.operator().unlock(door, stage.courier().request(door, grant, LABEL));

      assertRefused(silent, 504, "door_timed_out");
      assertThat(silent.text("state")).isEqualTo("unknown");
      WireApi.Answer read = stage.operator().get("/v1/unlocks/" + silent.text("unlock"));
      assertThat(read.text("state")).isEqualTo("unknown");
      device.publish("ack", WireDoor.opened(silent.text("unlock")));
      assertThat(stage.operator().get("/v1/unlocks/" + silent.text("unlock")).text("state"))
          .isEqualTo("unknown");
      assertRefused(
          stage.operator().unlock(door, stage.courier().request(door, grant, LABEL)),
          403,
          "grant_used_up");
    }
  }

  @Test
  void ackOverTheNextConnection_inTime_opens() throws Exception {
    String door = stage.door();
    String request = stage.courier().request(door, stage.grant(door, LABEL, ""), LABEL);
    List<String> told = new ArrayList<>();
    CompletableFuture<WireApi.Answer> answer;
    try (WireDoor device = stage.connect(door)) {
      device.answering(
          unlock -> {
            told.add(unlock);
            return "";
          });
      answer = stage.anotherClient().unlocking(door, request);
      await().until(() -> !told.isEmpty());
    }

    try (WireDoor again = stage.connect(door)) {
      again.publish("ack", WireDoor.opened(told.get(0)));

      assertThat(answer.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
      assertThat(again.commands()).isEmpty();
    }
  }

  @Test
  void requestAtTheDoor_opens_andTheResponseTellsTheDoor() throws Exception {
    String door = stage.door();
    String grant = stage.grant(door, LABEL, "");
    try (WireDoor device = stage.connect(door)) {
      Map<String, Object> claims = stage.courier().claims(door, grant, LABEL);

      device.publish("request", stage.courier().sign(claims));

      await().atMost(Duration.ofSeconds(10)).until(() -> !device.responses().isEmpty());
      JsonNode response = Json.read(device.responses().get(0));
      assertThat(response.path("request").asText()).isEqualTo(claims.get("jti"));
      assertThat(response.path("state").asText()).isEqualTo("opened");
      assertThat(device.commands()).hasSize(1);
    }
  }

  @Test
  void requestAtTheDoor_forAnotherDoor_wrongDoor() throws Exception {
    String door = stage.door();
    try (WireDoor device = stage.connect(door)) {
      device.publish("request", stage.courier().request("door-99", "grant-x", LABEL));

      await().atMost(Duration.ofSeconds(10)).until(() -> !device.responses().isEmpty());
      assertThat(Json.read(device.responses().get(0)).path("reason").asText())
          .isEqualTo("wrong_door");
    }
  }

  @Test
  void respondAsync_accepted_andTheAttemptCanBeRead() throws Exception {
    String door = stage.door();
    String request = stage.courier().request(door, stage.grant(door, LABEL, ""), LABEL);
    try (WireDoor device = stage.connect(door)) {
      WireApi.Answer accepted = stage.operator().unlockAsync(door, request);

      assertThat(accepted.status()).isEqualTo(202);
      String location = accepted.header("Location");
      assertThat(location).startsWith("/v1/unlocks/");
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> stage.operator().get(location).text("state").equals("opened"));
      assertThat(device.commands()).hasSize(1);
    }
  }

  @Test
  void telemetry_isShownWithTheDoor_asItWasSent() throws Exception {
    String door = stage.door();
    try (WireDoor device = stage.connect(door)) {
      device.publish(
          "telemetry",
          "{\"at\":1795353512345,\"battery\":66,\"rssi\":-52,\"temperature\":21.5,\"later\":1}");

      await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> stage.operator().get("/v1/doors/" + door).body().has("telemetry"));
      assertThat(stage.operator().get("/v1/doors/" + door).body().path("telemetry"))
          .isEqualTo(
              Json.read(
                  "{\"at\":\"2026-11-22T13:18:32.345Z\",\"battery\":66,\"rssi\":-52,"
                      + "\"temperature\":21.5}"));
    }
  }

  @Test
  void lockdown_refuses_untilLifted() throws Exception {
    String door = stage.door();
    String grant = stage.grant(door, LABEL, "");
    String lockdown = "/v1/buildings/" + Stage.BUILDING + "/lockdown";
    try (WireDoor device = stage.connect(door)) {
      assertThat(stage.operator().post(lockdown, "{}").status()).isEqualTo(200);
      assertRefused(
          stage.operator().unlock(door, stage.courier().request(door, grant, LABEL)),
          423,
          "lockdown");
      assertThat(device.commands()).isEmpty();

      assertThat(stage.operator().delete(lockdown).status()).isEqualTo(204);

      assertThat(
              stage.operator().unlock(door, stage.courier().request(door, grant, LABEL)).status())
          .isEqualTo(200);
    }
  }

  private void awaitOffline(String door) {
    await()
        .atMost(Duration.ofSeconds(5))
        .until(
            () ->
                stage
                    .operator()
                    .get("/v1/doors/" + door)
                    .body()
                    .at("/connection/state")
                    .asText()
                    .equals("offline"));
  }

  private static void assertRefused(WireApi.Answer answer, int status, String reason) {
    assertThat(answer.text("reason")).as(answer.raw().body()).isEqualTo(reason);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.text("type")).isEqualTo("urn:vestibule:problem:" + reason);
  }
}
