package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.testing.Jdk;
import io.vestibule.testing.RawDoor;
import io.vestibule.testing.Secrets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Doors without certificates, on the packed gateway's plain port. */
final class PlainPortIT {
  private static final String ACCEPTED = "20:0000";
  private static final String BAD_CREDENTIALS = "20:0004";

  @Test
  void secret_letsItsDoorIn_untilItIsChanged() throws Exception {
    Map<String, String> settings =
        Map.of("VESTIBULE_MQTT_PLAIN_PORT", "0", "VESTIBULE_LOG_LEVEL", "debug");
    try (Stage stage = Stage.set(Jdk.found().get(0), settings)) {
      String door = stage.door();
      give(stage, door, "the first secret");

      try (RawDoor wrong = connect(stage, door, "another secret")) {
        assertThat(wrong.read().hex()).isEqualTo(BAD_CREDENTIALS);
      }
      try (RawDoor right = connect(stage, door, "the first secret")) {
        assertThat(right.read().hex()).isEqualTo(ACCEPTED);

        give(stage, door, "the first secret");
        assertThat(right.sendHex("c0 00").read().hex()).isEqualTo("d0:");
        give(stage, door, "the second secret");
        assertThat(right.closed()).isTrue();
      }
      try (RawDoor late = connect(stage, door, "the first secret")) {
        assertThat(late.read().hex()).isEqualTo(BAD_CREDENTIALS);
      }
      assertThat(stage.gateway().err()).doesNotContain(" secret");
      Secrets.assertNone(stage.gateway().err());
    }
  }

  private static RawDoor connect(Stage stage, String door, String secret) throws Exception {
    return RawDoor.plain(stage.gateway().port("mqtt")).send(RawDoor.connect(4, door, secret, 60));
  }

  private static void give(Stage stage, String door, String secret) throws Exception {
    String body = "{\"building\":\"%s\",\"secret\":\"%s\"}".formatted(Stage.BUILDING, secret);
    assertThat(stage.operator().put("/v1/doors/" + door, body).status()).isEqualTo(200);
  }
}
