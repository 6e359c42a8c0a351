package io.vestibule.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The keys of a Redis in memory: values, lives, and how to take back the latest writes. */
final class SimKeyspace {
  private static final int UNDO_COUNT_MAX = 100;

  /** One value; exactly one of its forms is not null. */
  record Value(Object form, Optional<Long> endsAtMs) {
    Value copy() {
      return new Value(copied(form), endsAtMs);
    }

    Value ending(Optional<Long> atMs) {
      return new Value(form, atMs);
    }

    private static Object copied(Object form) {
      if (form instanceof Hash hash) {
        return new Hash(hash);
      } else if (form instanceof Sorted sorted) {
        return new Sorted(sorted);
      } else if (form instanceof Members members) {
        return new Members(members);
      } else if (form instanceof Texts texts) {
        return new Texts(texts);
      } else if (form instanceof Stream stream) {
        return new Stream(stream);
      }
      return form;
    }
  }

  /** A hash. */
  static final class Hash extends LinkedHashMap<String, String> {
    private static final long serialVersionUID = 1L;

    Hash() {}

    Hash(Hash from) {
      super(from);
    }
  }

  /** A sorted set: scores by member. */
  static final class Sorted extends TreeMap<String, Double> {
    private static final long serialVersionUID = 1L;

    Sorted() {}

    Sorted(Sorted from) {
      super(from);
    }
  }

  /** A set. */
  static final class Members extends LinkedHashSet<String> {
    private static final long serialVersionUID = 1L;

    Members() {}

    Members(Members from) {
      super(from);
    }
  }

  /** A list, its head first. */
  static final class Texts extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Texts() {}

    Texts(Texts from) {
      super(from);
    }
  }

  /** An entry of a stream. */
  record Entry(long ms, long number, List<String> fields) {
    String id() {
      return ms + "-" + number;
    }
  }

  /** A stream, the oldest first. */
  static final class Stream extends ArrayList<Entry> {
    private static final long serialVersionUID = 1L;

    Stream() {}

    Stream(Stream from) {
      super(from);
    }
  }

  private final LongSupplier nowMs;
  private final Map<String, Value> values = new HashMap<>();
  private final Deque<Map<String, Optional<Value>>> undo = new ArrayDeque<>();
  private final List<Consumer<String>> listeners = new ArrayList<>();
  private Map<String, Optional<Value>> before = new LinkedHashMap<>();

  SimKeyspace(LongSupplier nowMs) {
    this.nowMs = nowMs;
  }

  /** Told of each key that was written, once what wrote it is over. */
  void onChange(Consumer<String> listener) {
    listeners.add(listener);
  }

  /** What one call or script wrote can be taken back from here on as one. */
  void commit() {
    if (before.isEmpty()) {
      return;
    }
    Set<String> written = before.keySet();
    undo.addLast(before);
    if (undo.size() > UNDO_COUNT_MAX) {
      undo.removeFirst();
    }
    before = new LinkedHashMap<>();
    written.forEach(key -> listeners.forEach(listener -> listener.accept(key)));
  }

  /** Takes back the latest writes, as when a replica that never saw them takes over. */
  int lose(int countMax) {
    int lost = 0;
    while (lost < countMax && !undo.isEmpty()) {
      Map<String, Optional<Value>> latest = undo.removeLast();
      latest.forEach(
          (key, value) ->
              value.ifPresentOrElse(old -> values.put(key, old), () -> values.remove(key)));
      lost++;
    }
    return lost;
  }

  long nowMs() {
    return nowMs.getAsLong();
  }

  List<String> names() {
    return values.keySet().stream().filter(key -> find(key).isPresent()).sorted().toList();
  }

  Optional<Value> find(String key) {
    Value value = values.get(key);
    if (value == null || value.endsAtMs().filter(end -> end <= nowMs()).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(value);
  }

  /** The value in this form, to be read; empty when there is none. */
  <T> Optional<T> find(String key, Class<T> form) {
    return find(key).map(value -> form(value, form));
  }

  /** The value in this form, to be written; made if there is none. */
  <T> T write(String key, Class<T> form, Supplier<T> made) {
    Optional<T> found = find(key, form);
    remember(key);
    if (found.isPresent()) {
      return found.get();
    }
    T fresh = made.get();
    values.put(key, new Value(fresh, Optional.empty()));
    return fresh;
  }

  void put(String key, Object form, Optional<Long> endsAtMs) {
    remember(key);
    values.put(key, new Value(form, endsAtMs));
  }

  boolean remove(String key) {
    boolean there = find(key).isPresent();
    remember(key);
    values.remove(key);
    return there;
  }

  boolean expire(String key, long atMs) {
    Optional<Value> found = find(key);
    remember(key);
    found.ifPresent(value -> values.put(key, value.ending(Optional.of(atMs))));
    return found.isPresent();
  }

  /** Redis keeps no empty hash, list or set. */
  void dropIfEmpty(String key) {
    Object form = values.containsKey(key) ? values.get(key).form() : "";
    boolean empty =
        (form instanceof Map<?, ?> map && map.isEmpty())
            || (form instanceof java.util.Collection<?> all
                && !(form instanceof Stream)
                && all.isEmpty());
    if (empty) {
      values.remove(key);
    }
  }

  void clear() {
    values.clear();
    undo.clear();
    before.clear();
  }

  private void remember(String key) {
    before.computeIfAbsent(key, first -> Optional.ofNullable(values.get(key)).map(Value::copy));
  }

  private static <T> T form(Value value, Class<T> form) {
    if (!form.isInstance(value.form())) {
      throw new SimRedis.Refused(
          "WRONGTYPE Operation against a key holding the wrong kind of value");
    }
    return form.cast(value.form());
  }
}
