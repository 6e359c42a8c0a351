package io.vestibule.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.JsonObject;
import io.vestibule.access.DoorId;
import io.vestibule.json.Json;
import io.vestibule.signing.Signer;
import io.vestibule.testing.Keys;
import io.vestibule.time.Time;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoorControllerTest {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

  private final Signer gateway = Keys.ed25519();
  private final List<Duration> releases = new ArrayList<>();
  private final List<JsonObject> acks = new ArrayList<>();
  private Instant now = NOW;
  private final Time time =
      new Time() {
        @Override
        public Instant now() {
          return now;
        }

        @Override
        public long nanoTime() {
          return 0;
        }
      };
  private final DoorController controller =
      new DoorController(
          time,
          new CommandVerifier(new DoorId("door-1"), CommandKeys.of(List.of(gateway.publicKey()))),
          releases::add,
          ack -> acks.add(ack.toJsonObject()));

  @Test
  void goodCommand_opensForItsHold_andIsAcked() {
    command(gateway, "command+jwt", claims("u1"));

    assertThat(releases).containsExactly(Duration.ofSeconds(5));
    assertThat(controller.openings()).extracting(Opening::unlock).containsExactly("u1");
    assertThat(acks).hasSize(1);
    assertThat(acks.get(0).getString("command")).isEqualTo("u1");
    assertThat(acks.get(0).getString("result")).isEqualTo("opened");
    assertThat(acks.get(0).getLong("at")).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void repeatedCommand_isAckedAsBefore_andOpensOnce() {
    command(gateway, "command+jwt", claims("u1"));
    command(gateway, "command+jwt", claims("u1"));

    assertThat(releases).hasSize(1);
    assertThat(acks).extracting(ack -> ack.getString("result")).containsExactly("opened", "opened");
  }

  @Test
  void repeatPastItsTime_keepsItsFirstResult() {
    command(gateway, "command+jwt", claims("u1"));
    now = NOW.plusSeconds(60);
    command(gateway, "command+jwt", claims("u1"));

    assertThat(releases).hasSize(1);
    assertThat(acks).extracting(ack -> ack.getString("result")).containsExactly("opened", "opened");
  }

  @ParameterizedTest
  @CsvSource({"7, refused", "-3, refused", "6, opened", "-2, opened"})
  void commandsTime_isHeldTo_withinTwoSeconds(long secondsLater, String result) {
    now = NOW.plusSeconds(secondsLater);

    command(gateway, "command+jwt", claims("u1"));

    assertThat(acks).extracting(ack -> ack.getString("result")).containsExactly(result);
    assertThat(releases).hasSize(result.equals("opened") ? 1 : 0);
  }

  @Test
  void commandForAnotherDoor_isNeitherPerformedNorAcked() {
    command(gateway, "command+jwt", claims("u1").put("aud", "door-2"));

    assertForged();
  }

  @Test
  void commandOfAnotherKey_isNeitherPerformedNorAcked() {
    command(Keys.ed25519(), "command+jwt", claims("u1"));

    assertForged();
  }

  @Test
  void commandWithChangedClaims_isNeitherPerformedNorAcked() {
    String first = gateway.sign("command+jwt", claims("u1"));
    String second = gateway.sign("command+jwt", claims("u2"));
    String mixed =
        second.substring(0, second.lastIndexOf('.')) + first.substring(first.lastIndexOf('.'));

    controller.commanded(mixed.getBytes(StandardCharsets.US_ASCII), Behaviour.OBEDIENT);

    assertForged();
  }

  @Test
  void otherTokenOfTheGateway_isNoCommand() {
    command(gateway, "JWT", claims("u1"));

    assertForged();
  }

  @Test
  void otherCommand_isNotAnUnlock() {
    command(gateway, "command+jwt", claims("u1").put("cmd", "reboot"));

    assertForged();
  }

  @ParameterizedTest
  @CsvSource({"REFUSING, refused", "FAILING, failed"})
  void unwillingDoor_saysSo_andStaysClosed(Behaviour behaviour, String result) {
    controller.commanded(bytes(gateway, "command+jwt", claims("u1")), behaviour);

    assertThat(acks).extracting(ack -> ack.getString("result")).containsExactly(result);
    assertThat(releases).isEmpty();
  }

  @Test
  void silentDoor_doesNothing() {
    controller.commanded(bytes(gateway, "command+jwt", claims("u1")), Behaviour.SILENT);

    assertThat(acks).isEmpty();
    assertThat(releases).isEmpty();
  }

  private void assertForged() {
    assertThat(releases).isEmpty();
    assertThat(acks).isEmpty();
    assertThat(controller.forgedCount()).isEqualTo(1);
  }

  private void command(Signer signer, String type, ObjectNode claims) {
    controller.commanded(bytes(signer, type, claims), Behaviour.OBEDIENT);
  }

  private static byte[] bytes(Signer signer, String type, ObjectNode claims) {
    return signer.sign(type, claims).getBytes(StandardCharsets.US_ASCII);
  }

  private static ObjectNode claims(String unlock) {
    return Json.object()
        .put("iss", "vestibule")
        .put("aud", "door-1")
        .put("jti", unlock)
        .put("iat", NOW.getEpochSecond())
        .put("exp", NOW.getEpochSecond() + 5)
        .put("cmd", "unlock")
        .put("hold", 5);
  }
}
