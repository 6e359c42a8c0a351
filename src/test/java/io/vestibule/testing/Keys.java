package io.vestibule.testing;

import io.vestibule.signing.Signer;
import io.vestibule.signing.UnreadableKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Makes keys and PEM texts. */
public final class Keys {
  private Keys() {}

  public static Signer ed25519() {
    return signer(pem("PRIVATE KEY", pair("Ed25519", "Ed25519").getPrivate().getEncoded()));
  }

  public static Signer p256() {
    return signer(pem("PRIVATE KEY", pair("EC", "secp256r1").getPrivate().getEncoded()));
  }

  /** A key pair of the JDK's making; the curve is ignored where the algorithm has but one. */
  public static KeyPair pair(String algorithm, String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("EC")) {
        generator.initialize(new ECGenParameterSpec(curve));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String pem(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  private static Signer signer(String pem) {
    try {
      return Signer.fromPem(pem);
    } catch (UnreadableKey e) {
      throw new IllegalStateException(e);
    }
  }
}
