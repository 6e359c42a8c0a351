package io.vestibule.unlock;

import io.vestibule.access.Reason;
import io.vestibule.signing.CompactJws;
import io.vestibule.signing.VerificationKey;
import java.util.Optional;
import java.util.function.Function;

/** What the bytes of a request held. */
public sealed interface RequestResult {
  <T> T match(Function<Parsed, T> parsed, Function<Refused, T> refused);

  /** A request of good form; who signed it is not known until {@link #verify}. */
  record Parsed(SignedRequest request, CompactJws jws) implements RequestResult {
    /**
     * {@code unknown_key} or {@code bad_signature}; empty when the request is the key's.
     *
     * @param key the courier's key by the request's {@code kid}, if they have it
     */
    public Optional<Reason> verify(Optional<VerificationKey> key) {
      if (key.isEmpty()) {
        return Optional.of(Reason.UNKNOWN_KEY);
      }
      return jws.signedBy(key.get()) ? Optional.empty() : Optional.of(Reason.BAD_SIGNATURE);
    }

    @Override
    public <T> T match(Function<Parsed, T> parsed, Function<Refused, T> refused) {
      return parsed.apply(this);
    }
  }

  /**
   * {@code malformed} or {@code unsupported_algorithm}; {@code jti} is there if it could be read.
   */
  record Refused(Reason reason, Optional<String> jti) implements RequestResult {
    @Override
    public <T> T match(Function<Parsed, T> parsed, Function<Refused, T> refused) {
      return refused.apply(this);
    }
  }
}
