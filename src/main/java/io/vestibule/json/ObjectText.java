package io.vestibule.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Map;

/**
 * Writes one JSON object member by member, compactly and without a tree: what is said on the way of
 * every unlock. Names are the caller's own and need no escape; each is to be put once.
 */
public final class ObjectText {
  private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();
  private static final int USUAL_LENGTH = 256;

  private final StringBuilder text;

  public ObjectText() {
    this(USUAL_LENGTH);
  }

  /** It may get longer than usual, at the price of being copied. */
  public ObjectText(int usualLength) {
    text = new StringBuilder(usualLength).append('{');
  }

  public ObjectText put(String name, String value) {
    name(name).append('"');
    ENCODER.quoteAsString(value, text);
    text.append('"');
    return this;
  }

  public ObjectText put(String name, long value) {
    name(name).append(value);
    return this;
  }

  /** A text, a number, a boolean or a map of such by name; what else there is has no place here. */
  public ObjectText put(String name, Object value) {
    if (value instanceof Number || value instanceof Boolean) {
      name(name).append(value);
      return this;
    }
    if (value instanceof String string) {
      return put(name, string);
    }
    if (value instanceof Map<?, ?> map) {
      name(name).append('{');
      map.forEach((key, held) -> put(key.toString(), held));
      text.append('}');
      return this;
    }
    throw new IllegalArgumentException(name + " holds a " + value.getClass());
  }

  /** The whole object; to be asked for last, and once. */
  @Override
  public String toString() {
    return text.append('}').toString();
  }

  private StringBuilder name(String name) {
    if (text.charAt(text.length() - 1) != '{') {
      text.append(',');
    }
    return text.append('"').append(name).append("\":");
  }
}
