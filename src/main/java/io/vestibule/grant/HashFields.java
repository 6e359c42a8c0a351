package io.vestibule.grant;

import io.vestibule.store.UnreadableValue;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The fields of one of our hashes; what is missing or odd throws {@link UnreadableValue}. */
record HashFields(String kind, Map<String, String> fields) {

  String text(String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new UnreadableValue(kind + " without " + name);
    }
    return value;
  }

  /** The parser refuses by an {@link IllegalArgumentException}, as those of ids and numbers do. */
  <T> T as(String name, Function<String, T> parser) {
    String value = text(name);
    return checked(kind + " with an odd " + name, () -> parser.apply(value));
  }

  Instant instant(String name) {
    return Instant.ofEpochMilli(as(name, Long::valueOf));
  }

  static <T> T checked(String otherwise, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new UnreadableValue(otherwise);
    }
  }
}
