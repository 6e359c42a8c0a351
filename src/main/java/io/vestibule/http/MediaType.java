package io.vestibule.http;

import java.util.Locale;
import java.util.Optional;

/** The type of a body, lower case, without its parameters. */
record MediaType(String name) {
  /** Of a Content-Type header. */
  static Optional<MediaType> parse(Optional<String> header) {
    return header
        .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .filter(name -> !name.isEmpty())
        .map(MediaType::new);
  }

  boolean json() {
    return name.equals("application/json")
        || (name.startsWith("application/") && name.endsWith("+json"));
  }

  boolean jose() {
    return name.equals("application/jose");
  }
}
