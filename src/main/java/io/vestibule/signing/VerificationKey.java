package io.vestibule.signing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.PublicKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A public key with the one algorithm it may be used with. Every courier in memory has one or more,
 * so it keeps the 32 bytes of its thumbprint and not their text.
 */
public final class VerificationKey {
  private final byte[] thumbprint;
  private final Algorithm algorithm;
  private final PublicKey key;

  /** {@code kid} is the key's thumbprint; any other text is a bug. */
  VerificationKey(String kid, Algorithm algorithm, PublicKey key) {
    this.thumbprint = Base64Url.decode(kid).orElseThrow();
    this.algorithm = algorithm;
    this.key = key;
  }

  /** The RFC 7638 thumbprint: 43 characters of base64url. */
  public String kid() {
    return Base64Url.encode(thumbprint);
  }

  public Algorithm algorithm() {
    return algorithm;
  }

  public PublicKey key() {
    return key;
  }

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

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VerificationKey same
        && Arrays.equals(thumbprint, same.thumbprint)
        && algorithm == same.algorithm
        && key.equals(same.key);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(thumbprint);
  }

  @Override
  public String toString() {
    return "VerificationKey[kid=" + kid() + ", algorithm=" + algorithm + "]";
  }
}
