package io.vestibule.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** A certificate authority for one test, with its PEM files in a directory. */
public final class TestPki {
  private static final char[] NO_PASSWORD = new char[0];

  private final Path directory;
  private final AtomicLong serials = new AtomicLong(1);
  private final Identity authority;

  /** A key pair and its certificate. */
  public record Identity(KeyPair keys, X509Certificate certificate) {}

  public TestPki(Path directory) {
    this.directory = directory;
    KeyPair keys = keys();
    this.authority =
        new Identity(keys, certificate("CN=Test CA", keys, keys, Instant.now().plusSeconds(86400)));
    Identity server = issue("CN=localhost", Duration.ofDays(1));
    write("ca.pem", "CERTIFICATE", encoded(authority.certificate()));
    write("server.pem", "CERTIFICATE", encoded(server.certificate()));
    write("server.key", "PRIVATE KEY", server.keys().getPrivate().getEncoded());
  }

  public Path file(String name) {
    return directory.resolve(name);
  }

  /** A client certificate with exactly this subject. */
  public Identity issue(String subject, Duration life) {
    KeyPair keys = keys();
    return new Identity(
        keys, certificate(subject, keys, authority.keys(), Instant.now().plus(life)));
  }

  /** Writes {@code crl.pem} with these certificates in it. */
  @SuppressWarnings("JavaUtilDate") // BouncyCastle asks for it.
  public Path revoke(Identity... identities) {
    X509v2CRLBuilder builder = new X509v2CRLBuilder(new X500Name("CN=Test CA"), new Date());
    builder.setNextUpdate(Date.from(Instant.now().plusSeconds(3600)));
    for (Identity identity : identities) {
      builder.addCRLEntry(identity.certificate().getSerialNumber(), new Date(), 0);
    }
    X509CRLHolder crl = builder.build(signer(authority.keys()));
    try {
      return write("crl.pem", "X509 CRL", crl.getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public KeyManagerFactory keyManagers(Identity identity) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry(
          "own",
          identity.keys().getPrivate(),
          NO_PASSWORD,
          new X509Certificate[] {identity.certificate()});
      KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
      factory.init(store, NO_PASSWORD);
      return factory;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public TrustManagerFactory trustManagers() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setCertificateEntry("ca", authority.certificate());
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return factory;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public SSLContext context(Identity identity) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keyManagers(identity).getKeyManagers(), trustManagers().getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("JavaUtilDate") // BouncyCastle asks for it.
  private X509Certificate certificate(
      String subject, KeyPair own, KeyPair issuer, Instant notAfter) {
    boolean root = own.equals(issuer);
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Name("CN=Test CA"),
            BigInteger.valueOf(serials.getAndIncrement()),
            Date.from(Instant.now().minusSeconds(3600)),
            Date.from(notAfter),
            new X500Name(subject),
            own.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(root));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer(issuer)));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ContentSigner signer(KeyPair keys) {
    try {
      return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path write(String name, String type, byte[] content) {
    StringWriter text = new StringWriter();
    try (PemWriter pem = new PemWriter(text)) {
      pem.writeObject(new PemObject(type, content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      return Files.writeString(directory.resolve(name), text.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
