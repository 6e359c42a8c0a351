package io.vestibule.door;

import io.vestibule.concurrent.AnyThread;
import java.math.BigInteger;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The client certificates that their CAs took back, by serial number and issuer. */
@AnyThread
final class Revocations {
  private record Serial(String issuer, BigInteger number) {}

  private final Set<Serial> revoked;

  private Revocations(Set<Serial> revoked) {
    this.revoked = Set.copyOf(revoked);
  }

  static Revocations none() {
    return new Revocations(Set.of());
  }

  static Revocations of(List<X509CRL> crls) {
    Set<Serial> revoked = new HashSet<>();
    for (X509CRL crl : crls) {
      String issuer = crl.getIssuerX500Principal().getName();
      for (X509CRLEntry entry :
          Optional.ofNullable(crl.getRevokedCertificates()).orElse(Set.of())) {
        revoked.add(new Serial(issuer, entry.getSerialNumber()));
      }
    }
    return new Revocations(revoked);
  }

  boolean revoked(X509Certificate certificate) {
    return revoked.contains(
        new Serial(certificate.getIssuerX500Principal().getName(), certificate.getSerialNumber()));
  }
}
