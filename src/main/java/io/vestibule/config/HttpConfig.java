package io.vestibule.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The HTTP API's address; with TLS on a second port where that is configured.
 *
 * @param streamCountMax open streams of audit records on this gateway
 */
public record HttpConfig(String host, int port, Optional<Tls> tls, int streamCountMax) {
  /** PEM files of the server's certificate chain and PKCS#8 key. */
  public record Tls(int port, Path certificate, Path key) {}
}
