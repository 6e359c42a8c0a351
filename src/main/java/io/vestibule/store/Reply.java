package io.vestibule.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Redis answered: a text, a number, a list of answers, or nothing. Asking for another kind
 * than it is means that a script and its reader disagree, which is a bug.
 */
public sealed interface Reply {
  /** The value as text; a number reads as its digits. */
  default String text() {
    throw new IllegalStateException("not a text: " + this);
  }

  default long number() {
    throw new IllegalStateException("not a number: " + this);
  }

  default List<Reply> list() {
    throw new IllegalStateException("not a list: " + this);
  }

  default boolean absent() {
    return false;
  }

  /** Empty when there is no value. */
  default Optional<String> optionalText() {
    return absent() ? Optional.empty() : Optional.of(text());
  }

  /** A list of names and values in turn, as hashes are told in; empty when there is no hash. */
  default Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    List<Reply> list = list();
    for (int index = 0; index + 1 < list.size(); index += 2) {
      fields.put(list.get(index).text(), list.get(index + 1).text());
    }
    return fields;
  }

  /** A string. */
  record Text(String text) implements Reply {
    @Override
    public long number() {
      return Long.parseLong(text);
    }
  }

  /** An integer. */
  record Numeral(long number) implements Reply {
    @Override
    public String text() {
      return Long.toString(number);
    }
  }

  /** An array. */
  record Items(List<Reply> list) implements Reply {
    public Items {
      list = List.copyOf(list);
    }
  }

  /** Nil. */
  record Absent() implements Reply {
    @Override
    public boolean absent() {
      return true;
    }
  }
}
