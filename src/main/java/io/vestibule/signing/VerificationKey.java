package io.vestibule.signing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.PublicKey;

/**
 * A public key with the one algorithm it may be used with; {@code kid} is its RFC 7638 thumbprint.
 */
public record VerificationKey(String kid, Algorithm algorithm, PublicKey key) {

  /** From a JWK (RFC 7517, RFC 8037) of a courier or an issuer. */
  public static JwkResult fromJwk(JsonNode jwk) {
    return Jwk.read(jwk);
  }

  /** From a key of the algorithm's curve, whichever provider made it. */
  public static VerificationKey of(Algorithm algorithm, PublicKey key) {
    return Jwk.keyOf(algorithm, key.getEncoded());
  }

  /** The public JWK with {@code kid}, {@code alg} and {@code use}. */
  public ObjectNode toJwk() {
    return Jwk.write(this);
  }

  /** Whether the signature, as JWS carries it, is this key's over the bytes. */
  public boolean verifies(byte[] signingInput, byte[] signature) {
    return verifies(signingInput, signingInput.length, signature);
  }

  /** As {@link #verifies(byte[], byte[])}, over the first bytes alone. */
  boolean verifies(byte[] bytes, int inputSize, byte[] signature) {
    return verifies(bytes, inputSize, signature, Providers.installed());
  }

  /** As above by the word of that provider; whichever it is, the answer is the same. */
  boolean verifies(byte[] bytes, int inputSize, byte[] signature, Jce jce) {
    return algorithm.wellFormed(signature, jce.name())
        && jce.verifies(this, bytes, inputSize, signature);
  }
}
