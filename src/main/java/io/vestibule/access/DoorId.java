package io.vestibule.access;

import java.util.Optional;

/** The id of a door; it cannot hold an illegal text. */
public record DoorId(String text) implements Comparable<DoorId> {
  public DoorId {
    Identifiers.require(text, "door");
  }

  /** Empty when the text is not an identifier. */
  public static Optional<DoorId> parse(String text) {
    return Identifiers.legal(text) ? Optional.of(new DoorId(text)) : Optional.empty();
  }

  /** A map sorts what strangers made collide, instead of searching all of it. */
  @Override
  public int compareTo(DoorId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
