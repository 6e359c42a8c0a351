package io.vestibule.access;

import java.util.Optional;

/** The id of a manager; it cannot hold an illegal text. */
public record ManagerId(String text) {
  public ManagerId {
    Identifiers.require(text, "manager");
  }

  /** Empty when the text is not an identifier. */
  public static Optional<ManagerId> parse(String text) {
    return Identifiers.legal(text) ? Optional.of(new ManagerId(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
