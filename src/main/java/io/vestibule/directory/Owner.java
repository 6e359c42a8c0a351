package io.vestibule.directory;

import io.vestibule.json.Fields;
import java.util.Optional;
import java.util.function.Function;

/** The member that names an entry's owner: a tenant may leave it out, an operator may not. */
final class Owner {
  static final String IDENTIFIER = "an identifier";

  private Owner() {}

  static <T> Optional<T> read(
      Fields fields, String name, Optional<T> asking, Function<String, Optional<T>> parse) {
    if (asking.isEmpty()) {
      return fields.parsed(name, parse, IDENTIFIER);
    }
    Optional<T> named = fields.optionalParsed(name, parse, IDENTIFIER);
    if (named.isPresent() && !named.equals(asking)) {
      fields.fault(name, "must be your own");
    }
    return asking;
  }
}
