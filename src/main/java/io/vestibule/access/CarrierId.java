package io.vestibule.access;

import java.util.Optional;

/** The id of a carrier; it cannot hold an illegal text. */
public record CarrierId(String text) {
  public CarrierId {
    Identifiers.require(text, "carrier");
  }

  /** Empty when the text is not an identifier. */
  public static Optional<CarrierId> parse(String text) {
    return Identifiers.legal(text) ? Optional.of(new CarrierId(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
