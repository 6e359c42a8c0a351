package io.vestibule.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.access.DoorId;
import io.vestibule.access.Identifiers;
import io.vestibule.access.UnlockId;
import io.vestibule.audit.DoorEvent;
import io.vestibule.audit.RecordType;
import io.vestibule.json.Faults;
import io.vestibule.json.Fields;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The JSON that doors publish; what is not of its form reads as empty. */
final class DoorPayloads {
  /** The end of the year 9999, the last that RFC 3339 can write. */
  private static final long AT_MS_MAX = 253_402_300_799_999L;

  private static final int DETAIL_LENGTH_MAX = 200;

  private static final Map<String, RecordType> EVENTS =
      Map.of(
          "opened", RecordType.DOOR_OPENED,
          "closed", RecordType.DOOR_CLOSED,
          "held_open", RecordType.DOOR_HELD_OPEN,
          "forced_open", RecordType.DOOR_FORCED_OPEN,
          "tamper", RecordType.DOOR_TAMPER,
          "exit_request", RecordType.DOOR_EXIT_REQUEST,
          "booted", RecordType.DOOR_BOOTED,
          "pin_used", RecordType.DOOR_PIN_USED);

  private static final Map<RecordType, String> WORDS =
      EVENTS.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  private DoorPayloads() {}

  /** What doors call such an event. */
  static String word(RecordType event) {
    return Objects.requireNonNull(WORDS.get(event), event::name);
  }

  static Optional<DoorAck> ack(byte[] payload) {
    return read(
        payload,
        fields -> {
          Optional<UnlockId> unlock = fields.parsed("command", UnlockId::parse, "an unlock's id");
          Optional<DoorAck.Result> result =
              fields.parsed("result", DoorAck.Result::parse, "opened, refused or failed");
          Optional<Instant> at = at(fields);
          // It is for people to read: a detail of another type must not cost the door its ack.
          Optional<String> detail = fields.member("detail").flatMap(DoorPayloads::detail);
          return unlock.flatMap(
              u -> result.flatMap(r -> at.map(a -> new DoorAck(u, r, a, detail))));
        });
  }

  static Optional<DoorEvent> event(DoorId door, Instant receivedAt, byte[] payload) {
    return read(
        payload,
        fields -> {
          Optional<RecordType> type =
              fields.parsed("type", text -> Optional.ofNullable(EVENTS.get(text)), "an event type");
          Optional<Instant> at = at(fields);
          Optional<String> boot =
              fields.parsed("boot", text -> Optional.of(text).filter(Identifiers::legal), "an id");
          Optional<Long> seq = fields.integer("seq", 0, DoorEvent.SEQ_MAX);
          return type.flatMap(
              t ->
                  at.flatMap(
                      a ->
                          boot.flatMap(
                              b -> seq.map(s -> new DoorEvent(door, t, a, receivedAt, b, s)))));
        });
  }

  /** The known members alone. */
  static Optional<ObjectNode> telemetry(byte[] payload) {
    return read(
        payload,
        fields -> {
          ObjectNode telemetry = Json.object();
          at(fields).ifPresent(at -> telemetry.put("at", at.toEpochMilli()));
          number(fields, telemetry, "battery", 0, 100);
          number(fields, telemetry, "rssi", -150, 20);
          number(fields, telemetry, "temperature", -100, 150);
          fields
              .optionalInteger("uptime", 0, Long.MAX_VALUE)
              .ifPresent(v -> telemetry.put("uptime", v));
          fields
              .optionalParsed("contact", DoorPayloads::contact, "open or closed")
              .ifPresent(v -> telemetry.put("contact", v));
          return Optional.of(telemetry);
        });
  }

  /** As the door wrote it, whole or with a fraction. */
  private static void number(
      Fields fields, ObjectNode telemetry, String name, double min, double max) {
    fields
        .optionalNumber(name, min, max)
        .flatMap(inRange -> fields.member(name))
        .ifPresent(node -> telemetry.set(name, node));
  }

  private static <T> Optional<T> read(byte[] payload, Function<Fields, Optional<T>> read) {
    try {
      Faults faults = new Faults();
      Optional<T> value = read.apply(Fields.of(Json.read(payload), faults));
      return faults.none() ? value : Optional.empty();
    } catch (MalformedJson e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> at(Fields fields) {
    return fields.integer("at", 0, AT_MS_MAX).map(Instant::ofEpochMilli);
  }

  private static Optional<String> contact(String text) {
    return Optional.of(text).filter(t -> t.equals("open") || t.equals("closed"));
  }

  private static Optional<String> detail(JsonNode node) {
    if (!node.isTextual()) {
      return Optional.empty();
    }
    String text = node.textValue();
    return Optional.of(
        text.length() <= DETAIL_LENGTH_MAX ? text : text.substring(0, DETAIL_LENGTH_MAX));
  }
}
