package io.vestibule.access;

import java.util.Optional;

/** The id of a building; it cannot hold an illegal text. */
public record BuildingId(String text) {
  public BuildingId {
    Identifiers.require(text, "building");
  }

  /** Empty when the text is not an identifier. */
  public static Optional<BuildingId> parse(String text) {
    return Identifiers.legal(text) ? Optional.of(new BuildingId(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
