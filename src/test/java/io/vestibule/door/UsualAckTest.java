package io.vestibule.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.access.UnlockId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class UsualAckTest {
  @Test
  void anAckWithoutDetail_isRead() {
    String ack = "{\"command\":\"u1\",\"x\":[{}],\"result\":\"failed\",\"at\":1790000000123}";

    assertThat(UsualAck.read(bytes(ack)))
        .contains(
            new DoorAck(
                new UnlockId("u1"),
                DoorAck.Result.FAILED,
                Instant.ofEpochMilli(1_790_000_000_123L),
                Optional.empty()));
  }

  @Test
  void anAckWhoseDetailOnlyTheTreeReads_isTaken() {
    String halfACharacter = "\\ud83d";
    byte[] ack =
        bytes(
            "{\"command\":\"u\\u0031\",\"result\":\"refused\",\"at\":1,\"detail\":\""
                + halfACharacter
                + "\"}");

    assertThat(DoorPayloads.ack(ack))
        .isEqualTo(
            new Payload.Taken<>(
                new DoorAck(
                    new UnlockId("u1"),
                    DoorAck.Result.REFUSED,
                    Instant.ofEpochMilli(1),
                    Optional.of("\ud83d"))));
  }

  @Property
  void anyPayload_isTakenAsByTheTree(@ForAll("payloads") String payload) {
    assertThat(DoorPayloads.ack(bytes(payload))).isEqualTo(DoorPayloads.anyAck(bytes(payload)));
  }

  /** Acks whose members are good, wrong, null, twice or missing, and now and then torn off. */
  @Provide
  Arbitrary<String> payloads() {
    Arbitrary<String> command =
        Arbitraries.of("\"command\":\"u1\",", "\"command\":\"u\\u0031\",", "\"command\":\"\",", "");
    Arbitrary<String> result =
        Arbitraries.of("\"result\":\"opened\",", "\"result\":\"failed\",", "\"result\":null,", "");
    Arbitrary<String> at =
        Arbitraries.of(
                "0", "253402300799999", "253402300800000", "-1", "1.0", "1e3", "null", "\"\"")
            .map(time -> "\"at\":" + time);
    Arbitrary<String> end =
        Arbitraries.of(
            "}",
            ",\"detail\":\"jam\"}",
            ",\"detail\":null}",
            ",\"x\":{}}",
            ",\"at\":1}",
            "",
            "} 1");
    return Combinators.combine(command, result, at, end)
        .as((first, second, third, last) -> "{" + first + second + third + last);
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
