package io.vestibule.access;

import java.util.Optional;

/** The id of a building; it cannot hold an illegal text. */
public record BuildingId(String text) implements Comparable<BuildingId> {
  public BuildingId {
    Identifiers.require(text, "building");
  }

  /** Empty when the text is not an identifier. */
  public static Optional<BuildingId> parse(String text) {
    return Identifiers.legal(text) ? Optional.of(new BuildingId(text)) : Optional.empty();
  }

  /** A map sorts what strangers made collide, instead of searching all of it. */
  @Override
  public int compareTo(BuildingId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
