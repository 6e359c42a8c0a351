package io.vestibule.load.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.load.stage.Waiting;
import io.vestibule.load.wire.Command;
import io.vestibule.load.wire.Courier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CommandCheckTest {
  /** Signs with the algorithm that gateways sign commands with. */
  private final Courier signer = new Courier("gateway");

  private final String signed =
      new String(signer.sign("door-1", "grant", "label"), StandardCharsets.US_ASCII);

  @Test
  void whatIsInOrder_isNoFault_andVerified() throws Exception {
    try (CommandCheck check = new CommandCheck(Optional.of(keys()))) {
      check.commanded("door-1", new Command("unlock-1", "door-1"), signed);
      check.commanded("door-1", new Command("unlock-2", "door-1"), signed);

      assertThat(Waiting.until(Duration.ofSeconds(5), () -> check.verifiedCount() == 1)).isTrue();
      assertThat(check.faults()).isEmpty();
    }
  }

  @Test
  void anotherDoor_andASecondTime_areFaults() {
    try (CommandCheck check = new CommandCheck(Optional.empty())) {
      check.commanded("door-1", new Command("unlock-1", "door-2"), signed);
      check.commanded("door-1", new Command("unlock-1", "door-1"), signed);

      assertThat(check.faults())
          .isEqualTo(Map.of(CommandCheck.OTHER_DOOR, 1, CommandCheck.TWICE, 1));
    }
  }

  @Test
  void aSignatureOfAnother_isAFault() throws Exception {
    String forged =
        signed.substring(0, signed.lastIndexOf('.') + 1)
            + new String(signer.sign("door-2", "grant", "label"), StandardCharsets.US_ASCII)
                .split("\\.")[2];
    try (CommandCheck check = new CommandCheck(Optional.of(keys()))) {
      check.commanded("door-1", new Command("unlock-1", "door-1"), forged);

      assertThat(Waiting.until(Duration.ofSeconds(5), () -> !check.faults().isEmpty())).isTrue();
      assertThat(check.faults()).isEqualTo(Map.of(CommandCheck.BAD_SIGNATURE, 1));
      assertThat(check.verifiedCount()).isZero();
    }
  }

  private GatewayKeys keys() throws Exception {
    String kid =
        new ObjectMapper()
            .readTree(Base64.getUrlDecoder().decode(signed.split("\\.")[0]))
            .path("kid")
            .asText();
    String jwk = signer.jwk();
    return GatewayKeys.read(
        "{\"keys\":[" + jwk.substring(0, jwk.length() - 1) + ",\"kid\":\"" + kid + "\"}]}");
  }
}
