package io.vestibule.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.access.Admission;
import io.vestibule.access.CarrierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.DoorScope;
import io.vestibule.access.HourRange;
import io.vestibule.access.WeeklyHours;
import io.vestibule.json.Fields;
import io.vestibule.json.Json;
import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads one entry of a building's {@code admits} and writes it. */
final class AdmissionDocument {
  private static final int DOORS_MAX = 1_000;
  private static final int HOURS_MAX = 50;
  private static final int HOUR_MINUTES = 60;
  private static final int DAY_MINUTES = 24 * HOUR_MINUTES;
  private static final String EVERY_DOOR = "*";
  private static final double EARTH_METERS = 20_100_000;

  private AdmissionDocument() {}

  static Optional<Admission> parse(Fields fields, boolean located) {
    Optional<CarrierId> carrier = fields.parsed("carrier", CarrierId::parse, Owner.IDENTIFIER);
    Optional<DoorScope> doors = doors(fields);
    List<HourRange> hours = fields.objects("hours", HOURS_MAX, AdmissionDocument::range);
    if (!fields.has("hours")) {
      fields.fault("hours", "is missing");
    }
    Admission.Conditions conditions =
        new Admission.Conditions(
            fields.optionalBool("requireParcel").orElse(true),
            fields.optionalBool("requireScreening").orElse(true),
            distance(fields, located));
    fields.refuseOthers();
    return carrier.flatMap(
        from -> doors.map(scope -> new Admission(from, scope, new WeeklyHours(hours), conditions)));
  }

  static ObjectNode toJson(Admission admission) {
    ObjectNode json = Json.object();
    json.put("carrier", admission.carrier().text());
    ArrayNode doors = json.putArray("doors");
    if (admission.doors().all()) {
      doors.add(EVERY_DOOR);
    }
    admission.doors().named().stream().map(DoorId::text).sorted().forEach(doors::add);
    ArrayNode hours = json.putArray("hours");
    admission.hours().ranges().forEach(range -> hours.add(toJson(range)));
    json.put("requireParcel", admission.conditions().requireParcel());
    json.put("requireScreening", admission.conditions().requireScreening());
    admission
        .conditions()
        .maxDistanceMeters()
        .ifPresent(meters -> json.put("maxDistanceMeters", meters));
    return json;
  }

  private static Optional<DoorScope> doors(Fields fields) {
    Set<DoorId> named = new HashSet<>();
    List<String> entries =
        fields.parsedEntries(
            "doors",
            DOORS_MAX,
            text -> {
              Optional<DoorId> door = DoorId.parse(text);
              door.ifPresent(named::add);
              return door.isPresent() || text.equals(EVERY_DOOR)
                  ? Optional.of(text)
                  : Optional.empty();
            },
            "a door's id or *");
    if (!fields.has("doors")) {
      fields.fault("doors", "is missing");
    } else if (fields.member("doors").filter(JsonNode::isEmpty).isPresent()) {
      fields.fault("doors", "must have at least one entry");
    } else if (entries.contains(EVERY_DOOR) && entries.size() > 1) {
      fields.fault("doors", "must be [\"*\"] or ids of doors");
    }
    return Optional.of(
        entries.contains(EVERY_DOOR) ? DoorScope.everyDoor() : DoorScope.only(named));
  }

  private static OptionalDouble distance(Fields fields, boolean located) {
    Optional<Double> meters = fields.optionalNumber("maxDistanceMeters", 0, EARTH_METERS);
    if (meters.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (meters.get() <= 0) {
      fields.fault("maxDistanceMeters", "must be more than 0");
    }
    if (!located) {
      fields.fault("maxDistanceMeters", "needs the building's location");
    }
    return OptionalDouble.of(meters.get());
  }

  private static Optional<HourRange> range(Fields fields) {
    List<DayOfWeek> days =
        fields.parsedEntries(
            "days", DayOfWeek.values().length, AdmissionDocument::day, "one of mon to sun");
    if (!fields.has("days")) {
      fields.fault("days", "is missing");
    } else if (fields.member("days").filter(JsonNode::isEmpty).isPresent()) {
      fields.fault("days", "must have at least one entry");
    }
    Optional<Integer> from =
        fields.parsed(
            "from",
            text -> minute(text).filter(minute -> minute < DAY_MINUTES),
            "a time from 00:00 to 23:59");
    Optional<Integer> to =
        fields.parsed("to", AdmissionDocument::minute, "a time from 00:00 to 24:00");
    if (from.isPresent() && from.equals(to)) {
      fields.fault("to", "must differ from the start");
    }
    fields.refuseOthers();
    return days.isEmpty()
        ? Optional.empty()
        : from.flatMap(start -> to.map(end -> new HourRange(EnumSet.copyOf(days), start, end)));
  }

  private static ObjectNode toJson(HourRange range) {
    ObjectNode json = Json.object();
    ArrayNode days = json.putArray("days");
    range.days().stream().sorted().map(AdmissionDocument::code).forEach(days::add);
    json.put("from", text(range.fromMinute()));
    json.put("to", text(range.toMinute()));
    return json;
  }

  private static Optional<DayOfWeek> day(String text) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (code(day).equals(text)) {
        return Optional.of(day);
      }
    }
    return Optional.empty();
  }

  private static String code(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  /** The minute of the day, up to 24:00; empty when it is not written as HH:MM. */
  private static Optional<Integer> minute(String text) {
    if (!text.matches("[0-2][0-9]:[0-5][0-9]")) {
      return Optional.empty();
    }
    int minute =
        Integer.parseInt(text.substring(0, 2)) * HOUR_MINUTES + Integer.parseInt(text.substring(3));
    return minute <= DAY_MINUTES ? Optional.of(minute) : Optional.empty();
  }

  private static String text(int minute) {
    return String.format(Locale.ROOT, "%02d:%02d", minute / HOUR_MINUTES, minute % HOUR_MINUTES);
  }
}
