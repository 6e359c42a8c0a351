package io.vestibule.directory;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.json.Faults;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import io.vestibule.store.Reply;
import io.vestibule.store.StoreUnavailable;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads what is stored; an entry that cannot be read is no better than a store that is away. */
final class Entries {
  private Entries() {}

  static <T> Optional<T> read(
      Reply reply, String key, BiFunction<JsonNode, Faults, Optional<T>> parse) {
    Optional<String> text = reply.optionalText();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Faults faults = new Faults();
    Optional<T> entry = parse.apply(json(text.get(), key), faults);
    if (entry.isEmpty()) {
      throw unreadable(key, new IllegalStateException("faults in " + faults.list()));
    }
    return entry;
  }

  static JsonNode json(String text, String key) {
    try {
      return Json.read(text);
    } catch (MalformedJson e) {
      throw unreadable(key, e);
    }
  }

  static StoreUnavailable unreadable(String key, Exception cause) {
    return new StoreUnavailable("reading " + key, cause);
  }
}
