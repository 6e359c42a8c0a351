package io.vestibule.signing;

import java.util.function.Function;

/** What bytes held that should be a compact JWS. */
public sealed interface JwsResult {
  <T> T match(Function<Parsed, T> parsed, Function<Malformed, T> malformed);

  /** A JWS, of whose signature nothing is known yet. */
  record Parsed(CompactJws jws) implements JwsResult {
    @Override
    public <T> T match(Function<Parsed, T> parsed, Function<Malformed, T> malformed) {
      return parsed.apply(this);
    }
  }

  /** None; the fault quotes nothing of the bytes. */
  record Malformed(String fault) implements JwsResult {
    @Override
    public <T> T match(Function<Parsed, T> parsed, Function<Malformed, T> malformed) {
      return malformed.apply(this);
    }
  }
}
