package io.vestibule.load.traffic;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.wire.TlsIdentity;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts what an authority signed, and verifies each chain once: ten thousand doors on one machine
 * that each verify the same certificate would take more of it than the gateway.
 */
final class SeenChains extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager authority;
  private final Set<Certificate> seen = ConcurrentHashMap.newKeySet();

  private SeenChains(X509ExtendedTrustManager authority) {
    this.authority = authority;
  }

  /** Of the authority whose certificate the file holds. */
  static SeenChains trusting(Path pem) throws CannotRun {
    try {
      TrustManagerFactory factory = TlsIdentity.Authority.read(pem).trust();
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509ExtendedTrustManager.class::isInstance)
          .map(X509ExtendedTrustManager.class::cast)
          .map(SeenChains::new)
          .findFirst()
          .orElseThrow(() -> new CannotRun("this JVM has no trust manager for X.509"));
    } catch (IOException e) {
      throw new CannotRun("cannot read the authority's certificate " + pem, e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    if (!seen.contains(chain[0])) {
      authority.checkServerTrusted(chain, type, engine);
      seen.add(chain[0]);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    authority.checkServerTrusted(chain, type, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    authority.checkServerTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw notAServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw notAServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw notAServer();
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authority.getAcceptedIssuers();
  }

  private static CertificateException notAServer() {
    return new CertificateException("doors have no clients");
  }
}
