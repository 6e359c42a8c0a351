package io.vestibule.signing;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Provider;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Installs the JCE provider that signs and verifies, once a process. */
public final class Providers {
  private static final String ED_KEY_FACTORY =
      "com.amazon.corretto.crypto.provider.registerEdKeyFactory";

  private Providers() {}

  /**
   * Puts the Amazon Corretto Crypto Provider first, where client certificates gain from it too; or
   * adds BouncyCastle where that has no native library. Call it before any TLS. Repeating is
   * harmless.
   *
   * @return which of the two signs and verifies from now on
   */
  public static CryptoProvider install() {
    return Installed.JCE.name();
  }

  static Jce installed() {
    return Installed.JCE;
  }

  static Jce bouncyCastle() {
    return new Jce(CryptoProvider.BOUNCY_CASTLE, new BouncyCastleProvider());
  }

  private static Jce choose() {
    // Read when the class below loads, and never again.
    System.setProperty(ED_KEY_FACTORY, "true");
    AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
    if (corretto.getLoadingError() != null) {
      Jce fallback = bouncyCastle();
      // Last: as the first it would take over key stores and TLS parameters, in Java and slower.
      Security.addProvider(fallback.provider());
      return fallback;
    }
    putFirst(corretto);
    return new Jce(CryptoProvider.CORRETTO, corretto);
  }

  private static void putFirst(Provider corretto) {
    if (corretto.getService("KeyFactory", "Ed25519") == null) {
      throw new IllegalStateException(corretto.getName() + " was loaded before it was set up");
    }
    Security.removeProvider(corretto.getName());
    Security.insertProviderAt(corretto, 1);
  }

  private static final class Installed {
    static final Jce JCE = choose();
  }
}
