package io.vestibule.load.traffic;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.vestibule.load.stage.CannotRun;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/** What doors prove themselves by, and trust: a certificate of its own for each. */
final class DoorTls {
  private final Path pki;
  private final SeenChains trust;

  private DoorTls(Path pki, SeenChains trust) {
    this.pki = pki;
    this.trust = trust;
  }

  /** With the doors' certificates in {@code doors} and the authority in {@code ca.pem}. */
  static DoorTls read(Path pki) throws CannotRun {
    return new DoorTls(pki, SeenChains.trusting(pki.resolve("ca.pem")));
  }

  /** A new context, to be released by whoever asked. */
  SslContext context(String door) throws CannotRun {
    Path certificate = pki.resolve("doors").resolve(door + ".pem");
    Path key = pki.resolve("doors").resolve(door + "-key.pem");
    if (!Files.exists(certificate) || !Files.exists(key)) {
      throw new CannotRun(
          "no certificate for %s in %s: java -jar target/vestibule.jar pki %s --doors N makes them"
              .formatted(door, pki.resolve("doors"), pki));
    }
    try {
      return SslContextBuilder.forClient()
          .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
          .keyManager(certificate.toFile(), key.toFile())
          .trustManager(trust)
          .build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new CannotRun("cannot use " + certificate, e);
    }
  }
}
