package io.vestibule.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Where doors connect: always TLS with client certificates, and a plain port where configured. */
public record MqttConfig(String host, Tls tls, OptionalInt plainPort) {
  /**
   * PEM files: the server's chain and key, the CA of the doors' certificates, and its CRL if any.
   */
  public record Tls(int port, Path certificate, Path key, Path clientCa, Optional<Path> crl) {}
}
