package io.vestibule.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The members of one JSON object, read by name. What is missing or wrong is noted with its pointer
 * and reads as empty; a JSON null reads as absent.
 */
public final class Fields {
  private final JsonNode object;
  private final String pointer;
  private final Faults faults;
  private final Set<String> read = new HashSet<>();

  private Fields(JsonNode object, String pointer, Faults faults) {
    this.object = object;
    this.pointer = pointer;
    this.faults = faults;
  }

  /** The members of a whole document; anything but an object is a fault. */
  public static Fields of(JsonNode document, Faults faults) {
    return at("", document, faults);
  }

  private static Fields at(String pointer, JsonNode node, Faults faults) {
    if (!node.isObject()) {
      faults.add(pointer, "must be an object");
    }
    return new Fields(node, pointer, faults);
  }

  /** The pointer of a member. */
  public String pointerTo(String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  public void fault(String name, String detail) {
    faults.add(pointerTo(name), detail);
  }

  public boolean has(String name) {
    JsonNode node = object.get(name);
    return node != null && !node.isNull();
  }

  /** Notes each member that was not asked for. */
  public void refuseOthers() {
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!read.contains(name)) {
        fault(name, "is not known");
      }
    }
  }

  public Optional<String> optionalText(String name, int lengthMax) {
    return member(name)
        .flatMap(
            node -> {
              if (!node.isTextual() || node.textValue().length() > lengthMax) {
                fault(name, "must be a string of at most " + lengthMax + " characters");
                return Optional.empty();
              }
              return Optional.of(node.textValue());
            });
  }

  public Optional<String> text(String name, int lengthMax) {
    return required(name, optionalText(name, lengthMax));
  }

  /**
   * A value made from a string; empty from {@code parse} is a fault, {@code expected} says of what.
   */
  public <T> Optional<T> optionalParsed(
      String name, Function<String, Optional<T>> parse, String expected) {
    Optional<JsonNode> node = member(name);
    Optional<T> value = node.filter(JsonNode::isTextual).map(JsonNode::textValue).flatMap(parse);
    if (node.isPresent() && value.isEmpty()) {
      fault(name, "must be " + expected);
    }
    return value;
  }

  public <T> Optional<T> parsed(String name, Function<String, Optional<T>> parse, String expected) {
    return required(name, optionalParsed(name, parse, expected));
  }

  /** An RFC 3339 time. */
  public Optional<Instant> optionalInstant(String name) {
    return optionalParsed(
        name, Fields::parseInstant, "an RFC 3339 time such as 2026-11-22T08:00:00Z");
  }

  public Optional<Instant> instant(String name) {
    return required(name, optionalInstant(name));
  }

  public Optional<Long> optionalInteger(String name, long min, long max) {
    return member(name)
        .flatMap(
            node -> {
              if (!node.isIntegralNumber()
                  || !node.canConvertToLong()
                  || node.longValue() < min
                  || node.longValue() > max) {
                number(
                    name,
                    node.isIntegralNumber(),
                    "must be a whole number from " + min + " to " + max);
                return Optional.empty();
              }
              return Optional.of(node.longValue());
            });
  }

  public Optional<Long> integer(String name, long min, long max) {
    return required(name, optionalInteger(name, min, max));
  }

  public Optional<Double> optionalNumber(String name, double min, double max) {
    return member(name)
        .flatMap(
            node -> {
              if (!node.isNumber() || !(node.doubleValue() >= min && node.doubleValue() <= max)) {
                number(
                    name,
                    node.isNumber(),
                    "must be a number from " + plain(min) + " to " + plain(max));
                return Optional.empty();
              }
              return Optional.of(node.doubleValue());
            });
  }

  public Optional<Double> number(String name, double min, double max) {
    return required(name, optionalNumber(name, min, max));
  }

  public Optional<Boolean> optionalBool(String name) {
    return member(name)
        .flatMap(
            node -> {
              if (!node.isBoolean()) {
                fault(name, "must be true or false");
                return Optional.empty();
              }
              return Optional.of(node.booleanValue());
            });
  }

  /** One of an enum's values by its code. */
  public <E extends Enum<E>> Optional<E> optionalOneOf(
      String name, E[] values, Function<E, String> code) {
    List<String> codes = new ArrayList<>();
    for (E value : values) {
      codes.add(code.apply(value));
    }
    return optionalParsed(
        name,
        text -> {
          int index = codes.indexOf(text);
          return index < 0 ? Optional.empty() : Optional.of(values[index]);
        },
        "one of " + String.join(", ", codes));
  }

  /** A nested object. */
  public Optional<Fields> optionalObject(String name) {
    return member(name).map(node -> at(pointerTo(name), node, faults));
  }

  public Optional<Fields> object(String name) {
    return required(name, optionalObject(name));
  }

  /** Each entry of an array by its node and pointer; absent reads as empty. */
  public <T> List<T> entries(
      String name, int countMax, BiFunction<JsonNode, String, Optional<T>> read) {
    Optional<JsonNode> array = member(name);
    if (array.isPresent() && (!array.get().isArray() || array.get().size() > countMax)) {
      fault(name, "must be an array of at most " + countMax + " entries");
      return List.of();
    }
    List<T> values = new ArrayList<>();
    int index = 0;
    for (JsonNode entry : array.<Iterable<JsonNode>>map(node -> node).orElse(List.of())) {
      read.apply(entry, pointerTo(name) + "/" + index++).ifPresent(values::add);
    }
    return values;
  }

  /** As {@link #entries}, for objects. */
  public <T> List<T> objects(String name, int countMax, Function<Fields, Optional<T>> read) {
    return entries(name, countMax, (node, at) -> read.apply(at(at, node, faults)));
  }

  /** As {@link #entries}, for values made from strings. */
  public <T> List<T> parsedEntries(
      String name, int countMax, Function<String, Optional<T>> parse, String expected) {
    return entries(
        name,
        countMax,
        (node, at) -> {
          Optional<T> value = node.isTextual() ? parse.apply(node.textValue()) : Optional.empty();
          if (value.isEmpty()) {
            faults.add(at, "must be " + expected);
          }
          return value;
        });
  }

  /** The member as it is. */
  public Optional<JsonNode> member(String name) {
    read.add(name);
    return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
  }

  private void number(String name, boolean rightKind, String detail) {
    if (rightKind) {
      faults.addOutOfRange(pointerTo(name), detail);
    } else {
      fault(name, detail);
    }
  }

  private <T> Optional<T> required(String name, Optional<T> value) {
    if (!has(name)) {
      fault(name, "is missing");
    }
    return value;
  }

  private static Optional<Instant> parseInstant(String text) {
    try {
      // RFC 3339 has years of four digits; others do not fit into epoch milliseconds.
      return Optional.of(OffsetDateTime.parse(text))
          .filter(time -> time.getYear() >= 0 && time.getYear() <= 9999)
          .map(OffsetDateTime::toInstant);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
