package io.vestibule.signing;

import java.util.Locale;

/** The JCE provider that signs and verifies. */
public enum CryptoProvider {
  /** Amazon Corretto Crypto Provider: AWS-LC, native. */
  CORRETTO("AmazonCorrettoCryptoProvider", "SHA256withECDSAinP1363Format"),
  /** BouncyCastle, in Java: several times slower. */
  BOUNCY_CASTLE("BC", "SHA256withPLAIN-ECDSA");

  private final String jceName;
  private final String es256Name;

  CryptoProvider(String jceName, String es256Name) {
    this.jceName = jceName;
    this.es256Name = es256Name;
  }

  /** The name under which the provider is registered. */
  public String jceName() {
    return jceName;
  }

  /** The value of the metric's tag. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How this provider names ECDSA with SHA-256 whose signature is r and s rather than DER. */
  String signatureName(Algorithm algorithm) {
    return switch (algorithm) {
      case EDDSA -> "Ed25519";
      case ES256 -> es256Name;
    };
  }
}
