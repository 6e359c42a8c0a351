package io.vestibule.access;

import java.util.Optional;

/** The id of a door; it cannot hold an illegal text. */
public record DoorId(String text) {
  public DoorId {
    Identifiers.require(text, "door");
  }

  /** Empty when the text is not an identifier. */
  public static Optional<DoorId> parse(String text) {
    return Identifiers.legal(text) ? Optional.of(new DoorId(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
