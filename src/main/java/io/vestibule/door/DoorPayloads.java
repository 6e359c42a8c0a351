package io.vestibule.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.access.DoorId;
import io.vestibule.access.UnlockId;
import io.vestibule.audit.DoorEvent;
import io.vestibule.audit.RecordType;
import io.vestibule.json.Faults;
import io.vestibule.json.Fields;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The JSON that doors publish. */
final class DoorPayloads {
  /** The end of the year 9999, the last that RFC 3339 can write. */
  static final long AT_MS_MAX = 253_402_300_799_999L;

  /** No door was made before; a clock that was never set shows 1970 or 2000. */
  private static final Instant PLAUSIBLE_FROM = Instant.parse("2020-01-01T00:00:00Z");

  /** A clock in local time taken for UTC is less than a day ahead. */
  private static final Duration PLAUSIBLE_AHEAD_MAX = Duration.ofDays(1);

  private static final int DETAIL_LENGTH_MAX = 200;

  /** Times and base64 among them; of what JSON must escape none. */
  private static final Pattern BOOT_SYNTAX = Pattern.compile("[!-~&&[^\"\\\\]]{1,64}");

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

  /** What doors tell of. */
  static List<RecordType> eventTypes() {
    return List.copyOf(WORDS.keySet());
  }

  /** What doors call such an event. */
  static String word(RecordType event) {
    return Objects.requireNonNull(WORDS.get(event), event::name);
  }

  static Payload<DoorAck> ack(byte[] payload) {
    Optional<DoorAck> usual = UsualAck.read(payload.clone());
    return usual.isPresent() ? new Payload.Taken<>(usual.get()) : anyAck(payload);
  }

  /** As {@link #ack}, the long way, which finds what is wrong. */
  static Payload<DoorAck> anyAck(byte[] payload) {
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

  static Payload<DoorEvent> event(DoorId door, Instant receivedAt, byte[] payload) {
    return read(
        payload,
        fields -> {
          Optional<RecordType> type =
              fields.parsed("type", text -> Optional.ofNullable(EVENTS.get(text)), "an event type");
          Optional<Instant> at = at(fields);
          Optional<String> boot =
              fields.parsed("boot", DoorPayloads::boot, "1 to 64 visible ASCII characters");
          Optional<Long> seq = fields.integer("seq", 0, DoorEvent.SEQ_MAX);
          return type.flatMap(
              t ->
                  at.flatMap(
                      a ->
                          boot.flatMap(
                              b -> seq.map(s -> new DoorEvent(door, t, a, receivedAt, b, s)))));
        });
  }

  /** The known members alone. Its time is only for people, and one that cannot be misleads them. */
  static Payload<TelemetrySample> telemetry(Instant receivedAt, byte[] payload) {
    return read(payload, DoorPayloads::sample)
        .match(
            sample ->
                plausible(Instant.ofEpochMilli(sample.json().path("at").longValue()), receivedAt)
                    ? new Payload.Taken<>(sample)
                    : new Payload.Dropped<>(DropCause.IMPLAUSIBLE_TIME),
            Payload.Dropped::new);
  }

  private static boolean plausible(Instant at, Instant now) {
    return !at.isBefore(PLAUSIBLE_FROM) && !at.isAfter(now.plus(PLAUSIBLE_AHEAD_MAX));
  }

  private static Optional<TelemetrySample> sample(Fields fields) {
    ObjectNode json = Json.object();
    fields
        .integer("at", Long.MIN_VALUE, Long.MAX_VALUE)
        .ifPresent(milliseconds -> json.put("at", milliseconds));
    Optional<Double> battery = number(fields, json, "battery", 0, 100);
    Optional<Double> rssi = number(fields, json, "rssi", -150, 20);
    number(fields, json, "temperature", -100, 150);
    number(fields, json, "uptime", 0, Long.MAX_VALUE);
    fields
        .optionalParsed("contact", DoorPayloads::contact, "open or closed")
        .ifPresent(v -> json.put("contact", v));
    return Optional.of(new TelemetrySample(json, battery, rssi));
  }

  /** Kept as the door wrote it, whole or with a fraction. */
  private static Optional<Double> number(
      Fields fields, ObjectNode kept, String name, double min, double max) {
    Optional<Double> inRange = fields.optionalNumber(name, min, max);
    if (inRange.isPresent()) {
      fields.member(name).ifPresent(node -> kept.set(name, node));
    }
    return inRange;
  }

  private static <T> Payload<T> read(byte[] payload, Function<Fields, Optional<T>> read) {
    try {
      Faults faults = new Faults();
      Optional<T> value = read.apply(Fields.of(Json.read(payload), faults));
      if (faults.none() && value.isPresent()) {
        return new Payload.Taken<>(value.get());
      }
      return new Payload.Dropped<>(
          faults.onlyOutOfRange() ? DropCause.OUT_OF_RANGE : DropCause.MALFORMED);
    } catch (MalformedJson e) {
      return new Payload.Dropped<>(DropCause.MALFORMED);
    }
  }

  private static Optional<Instant> at(Fields fields) {
    return fields.integer("at", 0, AT_MS_MAX).map(Instant::ofEpochMilli);
  }

  /** Any name will do that takes no more room in a record than an identifier. */
  private static Optional<String> boot(String text) {
    return Optional.of(text).filter(BOOT_SYNTAX.asMatchPredicate());
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
