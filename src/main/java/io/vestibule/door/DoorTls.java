package io.vestibule.door;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vestibule.config.MqttConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The PEM files of the TLS port, read and looked through once at the start.
 *
 * @param expiries when each is over, by the values of {@link io.vestibule.metrics.Tag#CERTIFICATE};
 *     without one that never is
 */
record DoorTls(
    Buffer certificate,
    Buffer key,
    Buffer clientCa,
    Optional<Buffer> crl,
    Revocations revocations,
    Map<String, Instant> expiries) {

  /** Blocks. Fails only with {@link DoorServerFailed}, naming the file. */
  static DoorTls load(MqttConfig.Tls config) {
    Buffer certificate = read("mqtt.tls.certificate", config.certificate());
    Buffer key = read("mqtt.tls.key", config.key());
    Buffer clientCa = read("mqtt.tls.client-ca", config.clientCa());
    List<X509Certificate> chain =
        certificates("mqtt.tls.certificate", config.certificate(), certificate);
    List<X509Certificate> authorities =
        certificates("mqtt.tls.client-ca", config.clientCa(), clientCa);
    Optional<Buffer> crl = config.crl().map(path -> read("mqtt.tls.crl", path));
    Optional<X509CRL> revoked =
        crl.map(bytes -> revocations(config.crl().orElseThrow(), bytes, authorities));
    return new DoorTls(
        certificate,
        key,
        clientCa,
        crl,
        revoked.map(Revocations::of).orElseGet(Revocations::none),
        expiries(chain, authorities, revoked));
  }

  private static Map<String, Instant> expiries(
      List<X509Certificate> chain, List<X509Certificate> authorities, Optional<X509CRL> crl) {
    Map<String, Instant> expiries = new HashMap<>();
    expiries.put("mqtt_server", first(chain));
    expiries.put("mqtt_client_ca", first(authorities));
    crl.map(X509CRL::getNextUpdate).ifPresent(due -> expiries.put("mqtt_crl", due.toInstant()));
    return Map.copyOf(expiries);
  }

  private static Instant first(List<X509Certificate> certificates) {
    return certificates.stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  NetServerOptions apply(NetServerOptions options, SSLEngineOptions engine) {
    options
        .setSsl(true)
        .setSslEngineOptions(engine)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
        .setKeyCertOptions(new PemKeyCertOptions().addCertValue(certificate).addKeyValue(key))
        .setTrustOptions(new PemTrustOptions().addCertValue(clientCa))
        .setClientAuth(ClientAuth.REQUIRED);
    crl.ifPresent(options::addCrlValue);
    return options;
  }

  private static Buffer read(String key, Path path) {
    try {
      return Buffer.buffer(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new DoorServerFailed(key + " " + path, e);
    }
  }

  private static List<X509Certificate> certificates(String key, Path path, Buffer pem) {
    try {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem.getBytes()));
      if (certificates.isEmpty()) {
        throw new GeneralSecurityException("no certificate in it");
      }
      return certificates.stream().map(X509Certificate.class::cast).toList();
    } catch (GeneralSecurityException e) {
      throw new DoorServerFailed(key + " " + path, e);
    }
  }

  private static X509CRL revocations(Path path, Buffer pem, List<X509Certificate> authorities) {
    try {
      CRL first =
          CertificateFactory.getInstance("X.509")
              .generateCRL(new ByteArrayInputStream(pem.getBytes()));
      X509CRL crl = (X509CRL) first;
      if (authorities.stream().noneMatch(authority -> signedBy(crl, authority))) {
        throw new CRLException("not signed by a certificate of mqtt.tls.client-ca");
      }
      return crl;
    } catch (GeneralSecurityException e) {
      throw new DoorServerFailed("mqtt.tls.crl " + path, e);
    }
  }

  private static boolean signedBy(X509CRL crl, Certificate authority) {
    try {
      crl.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
