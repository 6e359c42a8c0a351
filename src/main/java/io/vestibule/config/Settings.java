package io.vestibule.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Each key's values as parsed, given or by default; what cannot be parsed is a fault. */
final class Settings {
  private final Map<Key, Found> found;
  private final FaultList faults;
  private final Map<Key, List<Object>> values = new EnumMap<>(Key.class);

  Settings(Map<Key, Found> found, FaultList faults) {
    this.found = found;
    this.faults = faults;
    for (Key key : Key.values()) {
      values.put(key, parsed(key));
    }
  }

  private List<Object> parsed(Key key) {
    Found given = found.get(key);
    if (given == null) {
      return key.fallbackValue().flatMap(text -> key.form().parse(text)).stream()
          .map(Object.class::cast)
          .toList();
    }
    List<Object> parsed = new ArrayList<>();
    for (String text : given.texts()) {
      key.form()
          .parse(text)
          .ifPresentOrElse(parsed::add, () -> fault(key, Shown.of(text), key.expectation()));
    }
    return parsed;
  }

  /** Whether a value was given, legal or not. */
  boolean given(Key key) {
    return found.containsKey(key);
  }

  /** Notes a fault where the key was not given. */
  void require(Key key) {
    if (!given(key)) {
      faults.add(key.dotted(), "missing, expected " + key.expectation());
    }
  }

  /** Notes that what was found is not what is expected. */
  void fault(Key key, String shown, String expected) {
    Found given = found.get(key);
    String where = given == null ? " by default" : given.where();
    faults.add(key.dotted(), "found " + shown + where + ", expected " + expected);
  }

  /** Notes that what was given is not what is expected. */
  void fault(Key key, String expected) {
    Found given = found.get(key);
    String shown = given == null ? Shown.of(key.fallback()) : Shown.of(given.texts());
    fault(key, shown, expected);
  }

  /** The legal values in the order given. */
  <T> List<T> all(Key key, Class<T> type) {
    return values.getOrDefault(key, List.of()).stream().map(type::cast).toList();
  }

  /** The first legal value; empty where there is none. */
  <T> Optional<T> find(Key key, Class<T> type) {
    return all(key, type).stream().findFirst();
  }

  /** The value, once it is known that there is no fault. */
  <T> T value(Key key, Class<T> type) {
    return find(key, type)
        .orElseThrow(() -> new IllegalStateException("no value for " + key.dotted()));
  }

  /** The files named, from the directory that the naming text stands in. */
  List<Path> files(Key key) {
    Found given = found.get(key);
    Path base = given == null ? Path.of("") : given.base();
    return all(key, Path.class).stream().map(file -> base.resolve(file).normalize()).toList();
  }

  Optional<Path> file(Key key) {
    return files(key).stream().findFirst();
  }

  /** As {@link #files}, for a value that may also be a URL. */
  Optional<String> fileOrUrl(Key key) {
    Found given = found.get(key);
    Path base = given == null ? Path.of("") : given.base();
    return find(key, String.class)
        .map(text -> Form.isUrl(text) ? text : base.resolve(text).normalize().toString());
  }
}
