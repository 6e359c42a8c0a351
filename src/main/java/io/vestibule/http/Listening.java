package io.vestibule.http;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vestibule.config.HttpConfig;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The options of the API's servers; every bound that matters is set by name. */
final class Listening {
  private static final int IDLE_SECONDS_MAX = 60;
  private static final int HEADER_BYTES_MAX = 16 * 1024;
  private static final int LINE_BYTES_MAX = 4096;
  private static final int CHUNK_BYTES_MAX = 16 * 1024;
  private static final int HANDSHAKE_SECONDS_MAX = 10;
  private static final int STREAM_COUNT_MAX = 100;
  private static final int ACCEPT_BACKLOG = 1024;

  private Listening() {}

  static HttpServerOptions plain() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setIdleTimeout(IDLE_SECONDS_MAX)
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            .setMaxHeaderSize(HEADER_BYTES_MAX)
            .setMaxInitialLineLength(LINE_BYTES_MAX)
            .setMaxChunkSize(CHUNK_BYTES_MAX)
            .setAcceptBacklog(ACCEPT_BACKLOG)
            .setHandle100ContinueAutomatically(true)
            .setHttp2ClearTextEnabled(false)
            .setCompressionSupported(false)
            .setDecompressionSupported(false)
            .setTcpKeepAlive(true);
    options.getInitialSettings().setMaxConcurrentStreams(STREAM_COUNT_MAX);
    options.getInitialSettings().setMaxHeaderListSize(HEADER_BYTES_MAX);
    return options;
  }

  static HttpServerOptions tls(HttpConfig.Tls tls, BoundedHandshakes engine) {
    return plain()
        .setSsl(true)
        .setUseAlpn(true)
        .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
        .setSslEngineOptions(engine)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
        .setSslHandshakeTimeout(HANDSHAKE_SECONDS_MAX)
        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .setCertPath(tls.certificate().toString())
                .setKeyPath(tls.key().toString()));
  }
}
