package io.vestibule.access;

import java.util.Optional;

/** The id of a grant; it cannot hold an illegal text. */
public record GrantId(String text) {
  public GrantId {
    Identifiers.require(text, "grant");
  }

  /** Empty when the text is not an identifier. */
  public static Optional<GrantId> parse(String text) {
    return Identifiers.legal(text) ? Optional.of(new GrantId(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
