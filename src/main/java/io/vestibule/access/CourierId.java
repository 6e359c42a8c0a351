package io.vestibule.access;

import java.util.Optional;

/** The id of a courier; it cannot hold an illegal text. */
public record CourierId(String text) {
  public CourierId {
    Identifiers.require(text, "courier");
  }

  /** Empty when the text is not an identifier. */
  public static Optional<CourierId> parse(String text) {
    return Identifiers.legal(text) ? Optional.of(new CourierId(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
