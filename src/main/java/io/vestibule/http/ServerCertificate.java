package io.vestibule.http;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;

/** The certificate chain that the API shows. */
final class ServerCertificate {
  private ServerCertificate() {}

  /** When the first certificate of a PEM file expires; fails where there is none in it. */
  static Instant expiry(Buffer pem) throws CertificateException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem.getBytes()))
        .stream()
        .map(ServerCertificate::expiry)
        .min(Comparator.naturalOrder())
        .orElseThrow(() -> new CertificateException("no certificate in it"));
  }

  private static Instant expiry(Certificate certificate) {
    return ((X509Certificate) certificate).getNotAfter().toInstant();
  }
}
