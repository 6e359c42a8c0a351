package io.vestibule.signing;

import io.vestibule.concurrent.AnyThread;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.EnumMap;
import java.util.Map;

/** Keys and signatures of one named provider; never those of whichever comes first. */
@AnyThread
final class Jce {
  private final CryptoProvider name;
  private final Provider provider;
  final Kept verifications = new Kept();
  private final Kept signings = new Kept();

  Jce(CryptoProvider name, Provider provider) {
    this.name = name;
    this.provider = provider;
  }

  CryptoProvider name() {
    return name;
  }

  Provider provider() {
    return provider;
  }

  /** Whether the signature is the key's over the first bytes. */
  boolean verifies(VerificationKey key, byte[] bytes, int inputSize, byte[] signature) {
    Signature verification = verifications.take(key.algorithm());
    try {
      verification.initVerify(key.key());
      verification.update(bytes, 0, inputSize);
      boolean good = verification.verify(signature);
      verifications.giveBack(key.algorithm(), verification);
      return good;
    } catch (SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that this provider cannot use", e);
    }
  }

  byte[] sign(Algorithm algorithm, PrivateKey key, byte[] input) {
    Signature signing = signings.take(algorithm);
    try {
      signing.initSign(key);
      signing.update(input);
      byte[] signature = signing.sign();
      signings.giveBack(algorithm, signing);
      return signature;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that this provider cannot sign with", e);
    }
  }

  /** From an X.509 SubjectPublicKeyInfo whose point was checked. */
  PublicKey publicKey(Algorithm algorithm, byte[] encoded) {
    try {
      return keyFactory(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a checked point that this provider refuses", e);
    }
  }

  /** From a PKCS#8 PrivateKeyInfo whose scalar was checked. */
  PrivateKey privateKey(Algorithm algorithm, byte[] encoded) {
    try {
      return keyFactory(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a checked scalar that this provider refuses", e);
    }
  }

  Signature signature(Algorithm algorithm) {
    try {
      return Signature.getInstance(name.signatureName(algorithm), provider);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(name.jceName() + " lacks " + algorithm.joseName(), e);
    }
  }

  private KeyFactory keyFactory(Algorithm algorithm) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm == Algorithm.EDDSA ? "Ed25519" : "EC", provider);
  }

  /**
   * Each thread's signature objects, made once. One that threw does not come back, for it may
   * remember half of what it was given: the Corretto provider, asked a second time about a key that
   * it refused, would go on with the key before.
   */
  final class Kept {
    private final ThreadLocal<Map<Algorithm, Signature>> ofThread =
        ThreadLocal.withInitial(() -> new EnumMap<>(Algorithm.class));

    Signature take(Algorithm algorithm) {
      Signature kept = ofThread.get().remove(algorithm);
      return kept == null ? signature(algorithm) : kept;
    }

    void giveBack(Algorithm algorithm, Signature used) {
      ofThread.get().put(algorithm, used);
    }
  }
}
