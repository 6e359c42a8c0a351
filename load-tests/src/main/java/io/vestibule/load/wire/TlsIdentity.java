package io.vestibule.load.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate with its P-256 key, and whom its owner trusts; nothing is shared with others. */
public record TlsIdentity(SSLContext context) {
  private static final char[] NO_PASSWORD = {};

  /** Who signs what the owner of an identity is shown. */
  public record Authority(TrustManagerFactory trust) {
    /** Fails where the file holds no certificate. */
    public static Authority read(Path pem) throws IOException {
      try {
        KeyStore store = emptyStore();
        store.setCertificateEntry("ca", certificate(pem));
        TrustManagerFactory trust =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return new Authority(trust);
      } catch (GeneralSecurityException e) {
        throw new IOException("cannot use " + pem, e);
      }
    }
  }

  /** Fails where the files hold no certificate and PKCS#8 key. */
  public static TlsIdentity read(Path certificate, Path key, Authority authority)
      throws IOException {
    try {
      KeyStore store = emptyStore();
      Certificate[] chain = {certificate(certificate)};
      store.setKeyEntry("own", privateKey(key), NO_PASSWORD, chain);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), authority.trust().getTrustManagers(), null);
      return new TlsIdentity(context);
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot use " + certificate, e);
    }
  }

  /**
   * Of the old type: PKCS #12 would stretch a password twice a door, for 10 ms, to hide nothing.
   */
  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static Certificate certificate(Path pem) throws GeneralSecurityException, IOException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(pem)));
  }

  private static PrivateKey privateKey(Path pem) throws GeneralSecurityException, IOException {
    String base64 = Files.readString(pem).replaceAll("-----[A-Z ]+-----", "");
    byte[] der = Base64.getMimeDecoder().decode(base64);
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
  }
}
