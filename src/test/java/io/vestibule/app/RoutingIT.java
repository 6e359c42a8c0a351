package io.vestibule.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.access.DoorId;
import io.vestibule.access.UnlockId;
import io.vestibule.app.pki.DevPki;
import io.vestibule.app.pki.PkiFiles;
import io.vestibule.command.CommandSigner;
import io.vestibule.testing.WireApi;
import io.vestibule.testing.WireDoor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways before one Redis: a door is opened by either, wherever it is connected. */
final class RoutingIT {
  private static final String LABEL = "JD014600003SE";
  private static final Duration SOON = Duration.ofSeconds(15);

  @SuppressWarnings("NullAway.Init") // before all tests
  private static RoutingStage stage;

  @SuppressWarnings("NullAway.Init") // before all tests
  private static Path pki;

  @BeforeAll
  static void set(@TempDir Path dir) throws Exception {
    pki = dir;
    List<DoorId> doors =
        IntStream.rangeClosed(1, 10).mapToObj(number -> new DoorId("door-" + number)).toList();
    DevPki.create(dir, doors);
    stage = RoutingStage.set(dir);
    for (DoorId door : doors) {
      stage.register(door.text());
    }
  }

  @AfterAll
  static void strike() {
    stage.close();
  }

  @Test
  void unlockAskedElsewhere_opensTheDoor_once_andItIsShownAsConnected() throws Exception {
    try (WireDoor device = connect("door-1", stage.second())) {
      JsonNode shown = stage.first().api().get("/v1/doors/door-1").body();
      assertThat(shown.at("/connection/state").asText()).isEqualTo("online");
      assertThat(Instant.parse(shown.at("/connection/since").asText()))
          .isBetween(Instant.now().minusSeconds(20), Instant.now());

      String request = stage.request("door-1", LABEL);
      WireApi.Answer opened = stage.first().api().unlock("door-1", request);
      WireApi.Answer again = stage.second().api().unlock("door-1", request);

      assertThat(opened.status()).as(opened.raw().body()).isEqualTo(200);
      assertThat(opened.text("state")).isEqualTo("opened");
      assertThat(again.body()).isEqualTo(opened.body());
      assertThat(device.unlocks()).containsExactly(opened.text("unlock"));
      assertThat(stage.first().metric("vestibule_commands_remote_total{result=\"opened\"}"))
          .isPositive();
    }
  }

  @Test
  void refusalOfTheDoor_isToldAsThatOfALocalOne() throws Exception {
    try (WireDoor device = connect("door-2", stage.second())) {
      device.answering(unlock -> WireDoor.ack(unlock, "refused"));

      WireApi.Answer refused = stage.first().api().unlock("door-2", stage.request("door-2", LABEL));

      assertThat(refused.status()).isEqualTo(502);
      assertThat(refused.text("reason")).isEqualTo("door_refused");
    }
  }

  @Test
  void doorThatMoves_isNeverOffline_andItsOldSessionEnds() throws Exception {
    try (WireDoor before = connect("door-3", stage.second());
        WireDoor after = connect("door-3", stage.first())) {
      await().atMost(SOON).until(() -> !before.connected());
      assertThat(after.connected()).isTrue();
      await().atMost(SOON).until(() -> online("door-3", stage.second()));

      WireApi.Answer opened = stage.second().api().unlock("door-3", stage.request("door-3", LABEL));

      assertThat(opened.status()).as(opened.raw().body()).isEqualTo(200);
      assertThat(after.unlocks()).containsExactly(opened.text("unlock"));
      assertThat(before.commands()).isEmpty();
    }
    await().atMost(SOON).until(() -> stage.presence("door-3").contains("offline"));
    assertThat(stage.presence("door-3")).containsExactly("online", "online", "offline");
  }

  @Test
  void gatewayThatRedisDoesNotHear_losesItsDoorsWithinTheLease_andHasThemBackByItself()
      throws Exception {
    try (WireDoor device = connect("door-4", stage.second())) {
      Instant cut = Instant.now();
      stage.second().proxy().refuse(true);

      await()
          .atMost(SOON)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> !online("door-4", stage.first()));
      // Its last renewal was before; a look may have been under way.
      assertThat(Duration.between(cut, Instant.now()))
          .isLessThan(RoutingStage.LEASE.plusSeconds(2));
      WireApi.Answer offline = stage.first().api().unlock("door-4", stage.request("door-4", LABEL));
      assertThat(offline.status()).isEqualTo(503);
      assertThat(offline.text("reason")).isEqualTo("door_offline");

      stage.second().proxy().refuse(false);
      await().atMost(SOON).until(() -> online("door-4", stage.first()));

      WireApi.Answer opened = stage.first().api().unlock("door-4", stage.request("door-4", LABEL));
      assertThat(opened.status()).as(opened.raw().body()).isEqualTo(200);
      assertThat(device.unlocks()).containsExactly(opened.text("unlock"));
    }
    await().atMost(SOON).until(() -> stage.presence("door-4").contains("offline"));
    assertThat(stage.presence("door-4")).containsExactly("online", "offline");
  }

  @Test
  void redisThatForgetsWhoHasWhat_learnsItAnew_withNoDoorDoingAnything() throws Exception {
    try (WireDoor device = connect("door-5", stage.second())) {
      stage.forgetRouting();

      // Registration and lease come back each by itself, and a door without both is offline.
      await()
          .atMost(SOON)
          .until(() -> stage.registered("door-5", stage.second()) && stage.leased("door-5"));
      await().atMost(SOON).until(() -> online("door-5", stage.first()));

      WireApi.Answer opened = stage.first().api().unlock("door-5", stage.request("door-5", LABEL));
      assertThat(opened.status()).as(opened.raw().body()).isEqualTo(200);
      assertThat(device.connected()).isTrue();
    }
  }

  @Test
  void registrationThatLeadsNowhere_commandsNothing_andIsPutRight() throws Exception {
    try (WireDoor device = connect("door-9", stage.second())) {
      String node = stage.place("door-9").split(" ")[2];
      stage.redis().ask("SET vr:door-6 \"999 0 " + node + "\"");
      double before = stage.first().metric("vestibule_commands_remote_total{result=\"not_owner\"}");

      WireApi.Answer offline = stage.first().api().unlock("door-6", stage.request("door-6", LABEL));

      assertThat(offline.status()).isEqualTo(503);
      assertThat(offline.text("reason")).isEqualTo("door_offline");
      assertThat(device.commands()).isEmpty();
      assertThat(stage.first().metric("vestibule_commands_remote_total{result=\"not_owner\"}"))
          .isGreaterThan(before);
      await().atMost(SOON).until(() -> stage.redis().ask("EXISTS vr:door-6").equals(":0"));
    }
  }

  @Test
  void answerThatNobodyHears_isUnknown_andIsOnRecordAsLate() throws Exception {
    try (WireDoor device = connect("door-7", stage.second())) {
      device.answering(
          unlock -> {
            stage.deafen();
            return WireDoor.opened(unlock);
          });
      String request = stage.request("door-7", LABEL);

      WireApi.Answer silent = stage.first().api().unlock("door-7", request);
      WireApi.Answer again = stage.first().api().unlock("door-7", request);

      assertThat(silent.status()).as(silent.raw().body()).isEqualTo(504);
      assertThat(silent.text("state")).isEqualTo("unknown");
      assertThat(again.status()).isEqualTo(504);
      assertThat(device.unlocks()).containsExactly(silent.text("unlock"));
      await().atMost(SOON).until(() -> stage.recorded("door-7").contains("late_ack"));
    } finally {
      stage.hear();
    }
    await().atMost(SOON).until(() -> stage.first().reachable() && stage.second().reachable());
  }

  @Test
  void whateverIsPublished_theGatewayGoesOn_andCommandsAnUnlockOnce() throws Exception {
    try (WireDoor device = connect("door-8", stage.second())) {
      String[] place = stage.place("door-8").split(" ");
      String channel = "vn:to:{" + place[2] + "}";
      double before = stage.second().metric("vestibule_node_messages_dropped_total");
      for (String bad : List.of("", "{", "[]", "{\"type\":\"later\"}", "{\"type\":\"ask\"}")) {
        assertThat(stage.redis().ask("PUBLISH " + channel + " '" + bad + "'")).isEqualTo(":1");
      }
      String ask = ask("u-published-1", Instant.now(), place);
      stage.redis().ask("PUBLISH " + channel + " '" + ask + "'");
      stage.redis().ask("PUBLISH " + channel + " '" + ask + "'");
      String old = ask("u-published-2", Instant.now().minusSeconds(60), place);
      stage.redis().ask("PUBLISH " + channel + " '" + old + "'");

      await()
          .atMost(SOON)
          .until(
              () -> stage.second().metric("vestibule_node_messages_dropped_total") == before + 7);
      WireApi.Answer opened = stage.first().api().unlock("door-8", stage.request("door-8", LABEL));
      assertThat(opened.status()).as(opened.raw().body()).isEqualTo(200);
      assertThat(device.unlocks()).containsExactly("u-published-1", opened.text("unlock"));
    }
  }

  /** As a gateway that is gone asked it. */
  private static String ask(String unlock, Instant at, String[] place) throws CommandFailed {
    String jws =
        new CommandSigner(KeyFile.read(new PkiFiles(pki).signingKey()), "vestibule")
            .sign(
                new UnlockId(unlock),
                new DoorId("door-8"),
                at,
                Duration.ofSeconds(5),
                Duration.ofSeconds(3));
    return "{\"type\":\"ask\",\"id\":1,\"from\":\"gone~0123456789abcdef\",\"epoch\":%s,\"jws\":\"%s\",\"ack\":500,\"new\":{}}"
        .formatted(place[0], jws);
  }

  private static WireDoor connect(String door, RoutingStage.Node at) throws Exception {
    WireDoor device = WireDoor.connect(pki, door, at.mqtts());
    RoutingStage.Node other = at.equals(stage.first()) ? stage.second() : stage.first();
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> online(door, other) && stage.registered(door, at));
    return device;
  }

  private static boolean online(String door, RoutingStage.Node seenFrom) throws Exception {
    return seenFrom
        .api()
        .get("/v1/doors/" + door)
        .body()
        .at("/connection/state")
        .asText()
        .equals("online");
  }
}
