package io.vestibule.access;

import java.util.Optional;

/** The id of a courier; it cannot hold an illegal text. */
public record CourierId(String text) implements Comparable<CourierId> {
  public CourierId {
    Identifiers.require(text, "courier");
  }

  /** Empty when the text is not an identifier. */
  public static Optional<CourierId> parse(String text) {
    return Identifiers.legal(text) ? Optional.of(new CourierId(text)) : Optional.empty();
  }

  /** A map sorts what strangers made collide, instead of searching all of it. */
  @Override
  public int compareTo(CourierId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
