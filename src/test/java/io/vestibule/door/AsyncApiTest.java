package io.vestibule.door;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vestibule.access.DoorId;
import io.vestibule.audit.DoorEvent;
import io.vestibule.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/asyncapi.yaml says what doors may publish. */
final class AsyncApiTest {
  private static final DoorId DOOR = new DoorId("door-1");

  /** Of the examples. */
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @SuppressWarnings("rawtypes")
  private static final Class<Payload.Taken> TAKEN = Payload.Taken.class;

  private static final Payload<?> MALFORMED = new Payload.Dropped<>(DropCause.MALFORMED);

  private final JsonNode document;

  AsyncApiTest() throws IOException {
    document = new YAMLMapper().readTree(Path.of("docs/asyncapi.yaml").toFile());
  }

  @Test
  void examples_areRead() {
    assertThat(DoorPayloads.ack(bytes(example("ack")))).isInstanceOf(TAKEN);
    assertThat(DoorPayloads.event(DOOR, Instant.EPOCH, bytes(example("event"))))
        .isInstanceOf(TAKEN);
    assertThat(DoorPayloads.telemetry(NOW, bytes(example("telemetry")))).isInstanceOf(TAKEN);
  }

  @Test
  void requiredMembers_areRequired() {
    for (JsonNode name : payload("ack").path("required")) {
      assertThat(DoorPayloads.ack(without("ack", name.textValue()))).isEqualTo(MALFORMED);
    }
    for (JsonNode name : payload("event").path("required")) {
      assertThat(DoorPayloads.event(DOOR, Instant.EPOCH, without("event", name.textValue())))
          .isEqualTo(MALFORMED);
    }
    assertThat(DoorPayloads.telemetry(NOW, without("telemetry", "at"))).isEqualTo(MALFORMED);
  }

  @Test
  void eventTypes_areEachRead_andNoOther() {
    List<String> types = new ArrayList<>();
    payload("event").at("/properties/type/enum").forEach(type -> types.add(type.textValue()));

    for (String type : types) {
      ObjectNode event = example("event").put("type", type);
      assertThat(DoorPayloads.event(DOOR, Instant.EPOCH, bytes(event)))
          .isInstanceOfSatisfying(
              TAKEN,
              read ->
                  assertThat(((DoorEvent) read.value()).type().code())
                      .isEqualTo("vestibule.door." + type));
    }
    assertThat(types).hasSize(8);
    ObjectNode foreign = example("event").put("type", "online");
    assertThat(DoorPayloads.event(DOOR, Instant.EPOCH, bytes(foreign))).isEqualTo(MALFORMED);
  }

  @Test
  void telemetry_isReadUpToItsBounds_andNotPastThem() {
    for (String name : List.of("battery", "rssi", "temperature")) {
      JsonNode schema = payload("telemetry").path("properties").path(name);
      for (double bound :
          new double[] {schema.get("minimum").asInt(), schema.get("maximum").asInt()}) {
        assertThat(DoorPayloads.telemetry(NOW, bytes(example("telemetry").put(name, bound))))
            .isInstanceOf(TAKEN);
      }
      ObjectNode past = example("telemetry").put(name, schema.get("maximum").asInt() + 1);
      assertThat(DoorPayloads.telemetry(NOW, bytes(past)))
          .isEqualTo(new Payload.Dropped<>(DropCause.OUT_OF_RANGE));
    }
  }

  private JsonNode payload(String message) {
    return document.path("components").path("messages").path(message).path("payload");
  }

  private ObjectNode example(String message) {
    JsonNode examples = document.path("components").path("messages").path(message).path("examples");
    return examples.path(0).path("payload").deepCopy();
  }

  private byte[] without(String message, String member) {
    ObjectNode payload = example(message);
    payload.remove(member);
    return bytes(payload);
  }

  private static byte[] bytes(ObjectNode payload) {
    return Json.write(payload).getBytes(StandardCharsets.UTF_8);
  }
}
