package io.vestibule.signing;

import java.util.Optional;

/** The two signature algorithms of requests, by their JOSE names (RFC 7518, RFC 8037). */
public enum Algorithm {
  /** Ed25519. */
  EDDSA("EdDSA"),
  /** ECDSA on P-256 with SHA-256; the signature is r and s, 32 bytes each. */
  ES256("ES256");

  private final String joseName;

  Algorithm(String joseName) {
    this.joseName = joseName;
  }

  /** Empty when neither has this name. */
  public static Optional<Algorithm> parse(String joseName) {
    for (Algorithm algorithm : values()) {
      if (algorithm.joseName.equals(joseName)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  public String joseName() {
    return joseName;
  }

  /** The curve that its keys lie on. */
  String curveName() {
    return switch (this) {
      case EDDSA -> "Ed25519";
      case ES256 -> "P-256";
    };
  }

  /**
   * Whether the bytes can be a signature at all, whatever the key; what passes, every provider
   * judges alike.
   */
  boolean wellFormed(byte[] signature, CryptoProvider provider) {
    return switch (this) {
      case EDDSA ->
          Ed25519.wellFormedSignature(signature)
              && !Ed25519.smallOrderR(signature)
              // BouncyCastle's equation has the cofactor in it, and is blind to what R has besides.
              && (provider != CryptoProvider.BOUNCY_CASTLE || Ed25519.primeOrderR(signature));
      case ES256 -> P256.wellFormedSignature(signature);
    };
  }
}
