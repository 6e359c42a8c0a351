package io.vestibule.door;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vestibule.config.MqttConfig;
import io.vestibule.config.RevocationLists;
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
import java.util.Date;
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
    List<X509CRL> revoked =
        crl.map(bytes -> revocations(config.crl().orElseThrow(), bytes, authorities))
            .orElse(List.of());
    return new DoorTls(
        certificate,
        key,
        clientCa,
        crl,
        Revocations.of(revoked),
        expiries(chain, authorities, revoked));
  }

  private static Map<String, Instant> expiries(
      List<X509Certificate> chain, List<X509Certificate> authorities, List<X509CRL> crls) {
    Map<String, Instant> expiries = new HashMap<>();
    expiries.put("mqtt_server", first(chain));
    expiries.put("mqtt_client_ca", first(authorities));
    crls.stream()
        .flatMap(crl -> Optional.ofNullable(crl.getNextUpdate()).stream())
        .map(Date::toInstant)
        .min(Comparator.naturalOrder())
        .ifPresent(due -> expiries.put("mqtt_crl", due));
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

  private static List<X509CRL> revocations(
      Path path, Buffer pem, List<X509Certificate> authorities) {
    try {
      Collection<? extends CRL> found =
          CertificateFactory.getInstance("X.509")
              .generateCRLs(new ByteArrayInputStream(pem.getBytes()));
      List<X509CRL> crls = found.stream().map(X509CRL.class::cast).toList();
      if (crls.isEmpty()) {
        throw new CRLException("no list of revoked certificates in it");
      }
      if (!RevocationLists.allSigned(crls, authorities)) {
        throw new CRLException("not signed by a certificate of mqtt.tls.client-ca");
      }
      return crls;
    } catch (GeneralSecurityException e) {
      throw new DoorServerFailed("mqtt.tls.crl " + path, e);
    }
  }
}
