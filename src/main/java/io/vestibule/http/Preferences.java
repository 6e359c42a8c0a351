package io.vestibule.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the client would like (RFC 7240); one unknown or malformed is ignored. */
final class Preferences {
  private final List<String> names = new ArrayList<>();

  /** Of all Prefer headers of a request. */
  Preferences(List<String> headers) {
    headers.forEach(this::parse);
  }

  boolean respondAsync() {
    return names.contains("respond-async");
  }

  private void parse(String header) {
    int start = 0;
    boolean quoted = false;
    for (int index = 0; index < header.length(); index++) {
      char c = header.charAt(index);
      if (quoted && c == '\\') {
        index++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        add(header.substring(start, index));
        start = index + 1;
      }
    }
    add(header.substring(start));
  }

  /** A preference is a token, perhaps with a value, perhaps with parameters after semicolons. */
  private void add(String preference) {
    int end = 0;
    while (end < preference.length() && ";=".indexOf(preference.charAt(end)) < 0) {
      end++;
    }
    String name = preference.substring(0, end).strip().toLowerCase(Locale.ROOT);
    boolean valued = end < preference.length() && preference.charAt(end) == '=';
    // respond-async takes no value, but RFC 7240 has an empty one mean the same as none.
    if (!valued || emptyValue(preference.substring(end + 1))) {
      names.add(name);
    }
  }

  private static boolean emptyValue(String rest) {
    String value = rest.split(";", 2)[0].strip();
    return value.isEmpty() || value.equals("\"\"");
  }
}
