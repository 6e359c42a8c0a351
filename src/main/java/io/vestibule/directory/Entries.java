package io.vestibule.directory;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.json.Faults;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import io.vestibule.store.Reply;
import io.vestibule.store.UnreadableValue;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Reads what is stored; an entry that cannot be read is no better than a store that is away. */
final class Entries {
  private Entries() {}

  /** As a reader that needs the entry: one that cannot be read is a store that is away. */
  static <T> Optional<T> read(
      Reply reply, String key, BiFunction<JsonNode, Faults, Optional<T>> parse) {
    return strictly(key, () -> reply.optionalText().flatMap(text -> parse(text, parse)));
  }

  /** What a reader made of the entry under a key, or a store that is away. */
  static <T> T strictly(String key, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (UnreadableEntry e) {
      throw new UnreadableValue(key + " has " + e.getMessage());
    }
  }

  /** Never empty; throws {@link UnreadableEntry}. */
  static <T> Optional<T> parse(String text, BiFunction<JsonNode, Faults, Optional<T>> parse) {
    Faults faults = new Faults();
    Optional<T> entry = parse.apply(json(text), faults);
    if (entry.isEmpty()) {
      throw new UnreadableEntry("faults in " + faults.list());
    }
    return entry;
  }

  /** Throws {@link UnreadableEntry}. */
  static JsonNode json(String text) {
    try {
      return Json.read(text);
    } catch (MalformedJson e) {
      throw new UnreadableEntry(e.getMessage());
    }
  }
}
