package io.vestibule.app.pki;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A development certificate authority (RFC 5280): signs the server's and the doors' certificates.
 */
final class Authority {
  private static final Duration CA_LIFE = Duration.ofDays(3_650);

  /** The longest that browsers and phones accept of a private CA. */
  private static final Duration LEAF_LIFE = Duration.ofDays(825);

  /** Doors' clocks may lag. */
  private static final Duration BACKDATED = Duration.ofHours(1);

  private static final int SERIAL_BITS = 159;
  private static final String SIGNATURE = "SHA256withECDSA";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final X509Certificate certificate;
  private final PrivateKey key;
  private final Instant now;

  Authority(X509Certificate certificate, PrivateKey key, Instant now) {
    this.certificate = certificate;
    this.key = key;
    this.now = now;
  }

  static Authority create(KeyPair pair, Instant now) throws GeneralSecurityException {
    X500Principal name = new X500Principal("CN=Vestibule development CA");
    try {
      JcaX509v3CertificateBuilder builder =
          builder(name, name, pair.getPublic(), new Life(now, CA_LIFE));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      return new Authority(signed(builder, pair.getPrivate()), pair.getPrivate(), now);
    } catch (CertIOException | OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  X509Certificate certificate() {
    return certificate;
  }

  X509Certificate server(PublicKey publicKey, String host, List<GeneralName> names)
      throws GeneralSecurityException {
    return leaf(publicKey, host, KeyPurposeId.id_kp_serverAuth, names);
  }

  X509Certificate door(PublicKey publicKey, String door) throws GeneralSecurityException {
    return leaf(publicKey, door, KeyPurposeId.id_kp_clientAuth, List.of());
  }

  private X509Certificate leaf(
      PublicKey publicKey, String commonName, KeyPurposeId purpose, List<GeneralName> names)
      throws GeneralSecurityException {
    try {
      JcaX509v3CertificateBuilder builder =
          builder(
              certificate.getSubjectX500Principal(),
              new X500Principal("CN=" + commonName),
              publicKey,
              new Life(now, LEAF_LIFE));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate.getPublicKey()));
      if (!names.isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(names.toArray(GeneralName[]::new)));
      }
      return signed(builder, key);
    } catch (CertIOException | OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Principal issuer, X500Principal subject, PublicKey publicKey, Life life)
      throws GeneralSecurityException, CertIOException {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            new BigInteger(SERIAL_BITS, RANDOM).setBit(0),
            life.start(),
            life.end(),
            subject,
            publicKey);
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(publicKey));
    return builder;
  }

  private static X509Certificate signed(JcaX509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
  }

  /** A certificate's validity. */
  private record Life(Instant now, Duration length) {
    Date start() {
      return Date.from(now.minus(BACKDATED));
    }

    Date end() {
      return Date.from(now.plus(length));
    }
  }
}
