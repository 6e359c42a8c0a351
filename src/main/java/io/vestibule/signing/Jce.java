package io.vestibule.signing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/** Keys and signatures of one named provider; never those of whichever comes first. */
record Jce(CryptoProvider name, Provider provider) {

  boolean verifies(VerificationKey key, byte[] input, byte[] signature) {
    Signature verification = signature(key.algorithm());
    try {
      verification.initVerify(key.key());
      verification.update(input);
      return verification.verify(signature);
    } catch (SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that this provider cannot use", e);
    }
  }

  byte[] sign(Algorithm algorithm, PrivateKey key, byte[] input) {
    Signature signing = signature(algorithm);
    try {
      signing.initSign(key);
      signing.update(input);
      return signing.sign();
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
}
