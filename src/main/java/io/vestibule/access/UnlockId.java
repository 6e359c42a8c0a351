package io.vestibule.access;

import java.util.Optional;

/** The id of an unlock; it cannot hold an illegal text. */
public record UnlockId(String text) {
  public UnlockId {
    Identifiers.require(text, "unlock");
  }

  /** Empty when the text is not an identifier. */
  public static Optional<UnlockId> parse(String text) {
    return Identifiers.legal(text) ? Optional.of(new UnlockId(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
