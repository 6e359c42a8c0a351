package io.vestibule.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.access.UnlockId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
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
    Arbitrary<String> member =
        Arbitraries.oneOf(
            Arbitraries.of("\"command\":\"u1\"", "\"command\":\"u\\u0031\"", "\"command\":\"\""),
            Arbitraries.of("\"result\":\"opened\"", "\"result\":\"failed\"", "\"result\":true"),
            Arbitraries.of("\"at\":0", "\"at\":253402300799999", "\"at\":253402300800000"),
            Arbitraries.of("\"at\":-1", "\"at\":1.0", "\"at\":1e3", "\"at\":9223372036854775808"),
            Arbitraries.of("\"detail\":\"jam\"", "\"detail\":7", "\"detail\":null", "\"x\":{}"),
            Arbitraries.of("\"command\":null", "\"result\":\"ajar\"", "\"at\":null", "\"x\":01"));
    Arbitrary<List<String>> good =
        Arbitraries.shuffle("\"command\":\"u1\"", "\"result\":\"opened\"", "\"at\":17");
    Arbitrary<List<String>> any = Arbitraries.oneOf(good, member.list().ofMaxSize(5));
    Arbitrary<String> end = Arbitraries.frequency(tuple(9, "}"), tuple(1, ""), tuple(1, "} 1"));
    return any.flatMap(
        members ->
            member
                .list()
                .ofMaxSize(1)
                .flatMap(
                    more ->
                        end.map(closed -> "{" + String.join(",", both(members, more)) + closed)));
  }

  private static Tuple2<Integer, String> tuple(int weight, String value) {
    return Tuple.of(weight, value);
  }

  private static List<String> both(List<String> members, List<String> more) {
    return Stream.concat(members.stream(), more.stream()).toList();
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
