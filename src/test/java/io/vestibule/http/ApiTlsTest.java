package io.vestibule.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Gauge;
import io.vertx.core.Future;
import io.vestibule.access.Reason;
import io.vestibule.app.pki.DevPki;
import io.vestibule.config.HttpConfig;
import io.vestibule.grant.Outcome;
import io.vestibule.testing.HttpApi;
import io.vestibule.testing.Pem;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApiTlsTest {
  private static final Limits LIMITS = new Limits(2, 100, Duration.ofSeconds(1));

  @TempDir private Path pki;
  private HttpConfig.Tls tls;

  @BeforeEach
  void certificates() throws Exception {
    DevPki.create(pki, List.of());
    tls = new HttpConfig.Tls(0, pki.resolve("server.pem"), pki.resolve("server-key.pem"));
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void unlock_overTls_speaksBothVersions(HttpClient.Version version) throws Exception {
    try (HttpFixture http = new HttpFixture(LIMITS, Optional.of(tls))) {
      HttpApi api = secure(http, version);
      Instant at = Instant.parse("2026-11-22T08:00:00Z");
      http.unlocks.answer(
          HttpFixture.underway(false, Future.succeededFuture(new Outcome.Opened(at))));

      HttpResponse<String> opened = api.unlock("d-1", "jws");
      assertThat(opened.version()).isEqualTo(version);
      assertThat(opened.statusCode()).isEqualTo(200);
      http.unlocks.deny(Reason.TOO_FAR, Duration.ZERO);
      assertThat(api.unlock("d-1", "jws").statusCode()).isEqualTo(403);
      assertThat(api.unlock("d-1", "x".repeat(70_000)).statusCode()).isEqualTo(413);
      assertThat(api.put("/v1/buildings/b-1", "no token", "{}").statusCode()).isEqualTo(401);
      assertThat(api.get("/v1/unlocks/u-1", "no token").statusCode()).isEqualTo(401);
      assertThat(http.bugs()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void head_isGetWithoutItsBody(HttpClient.Version version) throws Exception {
    try (HttpFixture http = new HttpFixture(LIMITS, Optional.of(tls))) {
      HttpApi api = secure(http, version);

      HttpResponse<String> jwks = head(api, "/.well-known/jwks.json");
      assertThat(jwks.statusCode()).isEqualTo(200);
      assertThat(jwks.body()).isEmpty();
      assertThat(jwks.headers().firstValue("Content-Length")).contains("11");
      assertThat(jwks.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(head(api, "/v1/unlocks/u-1").statusCode()).isEqualTo(401);
      for (String other : List.of("/v1/grants", "/v1/buildings/b-1/events")) {
        assertThat(head(api, other).statusCode()).isEqualTo(405);
      }
      assertThat(http.bugs()).isZero();
    }
  }

  private static HttpResponse<String> head(HttpApi api, String path) {
    return api.send(api.request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()));
  }

  @Test
  void handshakesThatStall_takeNoMoreThanTheirShare_andKeepNobodyOut() throws Exception {
    Limits limits = new Limits(1, 8, Duration.ofSeconds(1));
    try (HttpFixture http = new HttpFixture(limits, Optional.of(tls))) {
      try (Socket first = silent(http);
          Socket second = silent(http);
          Socket third = silent(http)) {
        assertThat(first.getInputStream().read()).isEqualTo(-1);
        for (Socket stalling : List.of(second, third)) {
          stalling.setSoTimeout(50);
          assertThatThrownBy(() -> stalling.getInputStream().read())
              .isInstanceOf(SocketTimeoutException.class);
        }

        HttpApi api = secure(http, HttpClient.Version.HTTP_1_1);
        assertThat(head(api, "/.well-known/jwks.json").statusCode()).isEqualTo(200);
        second.setSoTimeout(5_000);
        assertThat(second.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  private static Socket silent(HttpFixture http) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.server.tlsPort());
    socket.setSoTimeout(5_000);
    return socket;
  }

  @Test
  void expiry_ofTheCertificate_isTold_andNoneWithoutTls() throws Exception {
    try (HttpFixture http = new HttpFixture(LIMITS, Optional.of(tls));
        HttpFixture plain = new HttpFixture(LIMITS, Optional.empty());
        InputStream file = Files.newInputStream(tls.certificate())) {
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file);
      double expected = certificate.getNotAfter().toInstant().getEpochSecond();

      assertThat(expiry(http)).contains(expected);
      assertThat(expiry(plain)).isEmpty();
    }
  }

  private static Optional<Double> expiry(HttpFixture http) {
    return Optional.ofNullable(
            http.meterRegistry
                .find("vestibule.certificate.expiry")
                .tag("certificate", "http_server")
                .gauge())
        .map(Gauge::value);
  }

  @Test
  void rubbishInACertificate_isNamed() throws Exception {
    Path rubbish = Files.writeString(pki.resolve("rubbish.pem"), "not PEM");
    HttpConfig.Tls broken = new HttpConfig.Tls(0, rubbish, tls.key());

    assertThatThrownBy(() -> new HttpFixture(LIMITS, Optional.of(broken)).close())
        .isInstanceOf(NotStarted.class)
        .hasMessageContaining(rubbish.toString());
  }

  private HttpApi secure(HttpFixture http, HttpClient.Version version) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, Pem.trust(pki.resolve("ca.pem")).getTrustManagers(), null);
    HttpClient client = HttpClient.newBuilder().sslContext(context).version(version).build();
    return new HttpApi(client, "https://localhost:" + http.server.tlsPort());
  }
}
