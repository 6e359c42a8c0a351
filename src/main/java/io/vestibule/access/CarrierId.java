package io.vestibule.access;

import java.util.Optional;

/** The id of a carrier; it cannot hold an illegal text. */
public record CarrierId(String text) implements Comparable<CarrierId> {
  public CarrierId {
    Identifiers.require(text, "carrier");
  }

  /** Empty when the text is not an identifier. */
  public static Optional<CarrierId> parse(String text) {
    return Identifiers.legal(text) ? Optional.of(new CarrierId(text)) : Optional.empty();
  }

  /** A map sorts what strangers made collide, instead of searching all of it. */
  @Override
  public int compareTo(CarrierId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
