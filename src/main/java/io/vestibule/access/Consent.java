package io.vestibule.access;

import java.time.Instant;
import java.util.Optional;

/**
 * Who agreed, for the building's residents, that couriers may be let in, and when; {@code document}
 * refers to what they signed.
 */
public record Consent(String givenBy, Instant givenAt, Optional<String> document) {
  public Consent(String givenBy, Instant givenAt) {
    this(givenBy, givenAt, Optional.empty());
  }
}
