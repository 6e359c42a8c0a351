package io.vestibule.signing;

import java.util.function.Function;

/** What a JWK held. */
public sealed interface JwkResult {
  <T> T match(Function<Accepted, T> accepted, Function<Refused, T> refused);

  /** A key that may be verified with. */
  record Accepted(VerificationKey key) implements JwkResult {
    @Override
    public <T> T match(Function<Accepted, T> accepted, Function<Refused, T> refused) {
      return accepted.apply(this);
    }
  }

  /** Not such a key; the fault reads after the member's name, as in "x is not canonical". */
  record Refused(String fault) implements JwkResult {
    @Override
    public <T> T match(Function<Accepted, T> accepted, Function<Refused, T> refused) {
      return refused.apply(this);
    }
  }
}
