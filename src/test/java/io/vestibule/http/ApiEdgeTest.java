package io.vestibule.http;

import static io.vestibule.http.HttpFixture.header;
import static io.vestibule.http.HttpFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vestibule.access.Reason;
import io.vestibule.config.HttpConfig;
import io.vestibule.grant.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiEdgeTest {
  private static final Instant AT = Instant.parse("2026-11-22T08:00:01Z");
  private static final String UNLOCK =
      "POST /v1/doors/d-1/unlock HTTP/1.1\r\nHost: x\r\nContent-Type: application/jose\r\n";

  private HttpFixture http;

  @BeforeEach
  void start() {
    http = new HttpFixture();
    http.unlocks.answer(
        HttpFixture.underway(false, Future.succeededFuture(new Outcome.Opened(AT))));
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/v1", "/v1/doors/d-1/unlock/more", "/v2/unlocks/u"})
  void unknownRoute_is404(String path) {
    HttpResponse<String> response = http.api.get(path, "x");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(json(response).path("reason").asText()).isEqualTo("not_found");
    assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void wrongMethod_is405_withAllow() {
    HttpResponse<String> response = http.api.get("/v1/doors/d-1/unlock", "x");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(header(response, "Allow")).isEqualTo("POST");
    assertThat(json(response).path("reason").asText()).isEqualTo("method_not_allowed");
  }

  @Test
  void jwks_isPublished_toEverybody() {
    HttpResponse<String> response = http.api.send(http.api.request("/.well-known/jwks.json").GET());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"keys\":[]}");
    assertThat(header(response, "Content-Type")).isEqualTo("application/json");
  }

  @Test
  void missingBearer_is401_wrongScope403_withChallenges() {
    HttpResponse<String> none = http.api.send(http.api.request("/v1/unlocks/u-1").GET());
    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(header(none, "WWW-Authenticate")).startsWith("Bearer");

    HttpResponse<String> bad = http.api.get("/v1/unlocks/u-1", "rubbish");
    assertThat(bad.statusCode()).isEqualTo(401);
    assertThat(header(bad, "WWW-Authenticate")).contains("invalid_token");

    HttpResponse<String> scope =
        http.api.get("/v1/unlocks/u-1", HttpFixture.TOKENS.token("t", "doors:read"));
    assertThat(scope.statusCode()).isEqualTo(403);
    assertThat(json(scope).path("reason").asText()).isEqualTo("insufficient_scope");
    assertThat(header(scope, "WWW-Authenticate")).contains("insufficient_scope", "grants:write");
  }

  @Test
  void malformedPercentEncoding_is400_andNoBug() throws IOException {
    String answer = raw("GET /v1/unlocks/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400").contains("bad_request");
    assertThat(http.bugs()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NONSENSE\r\n\r\n",
        "GET /x HTTP/9.9\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
        "\u0000\u0001\u0002\u0003\r\n\r\n"
      })
  void badHttp_isRefusedAndClosed_andNoBug(String bytes) throws IOException {
    String answer = raw(bytes);

    // The chunk may be refused after its request was answered; a version that is none is the
    // library's to refuse.
    assertThat(answer).matches("(?s)(HTTP/[0-9.]+ [45][0-9]{2} .*)?");
    assertThat(http.bugs()).isZero();
    assertThat(http.api.unlock("d-1", "jws").statusCode()).isEqualTo(200);
  }

  @Test
  void hugeLineAndHeaders_areRefused() throws IOException {
    assertThat(raw("GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .matches("(?s)HTTP/1.. 414 .*uri_too_long.*");
    assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nA: " + "x".repeat(40_000) + "\r\n\r\n"))
        .matches("(?s)HTTP/1.. 431 .*headers_too_large.*");
  }

  @Test
  void slowBody_is408_andClosed() throws IOException {
    String answer = raw(UNLOCK + "Content-Length: 10\r\n\r\nabc");

    assertThat(answer).startsWith("HTTP/1.1 408").contains("request_timed_out");
    assertThat(http.unlocks.submissions).isEmpty();
  }

  @Test
  void declaredHugeBody_is413_beforeItComes() throws IOException {
    String answer = raw(UNLOCK + "Content-Length: 99999999999999999999\r\n\r\nabc");

    assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("internal_error");
    assertThat(raw(UNLOCK + "Content-Length: 1000000\r\n\r\nabc")).startsWith("HTTP/1.1 413");
    assertThat(http.bugs()).isZero();
  }

  @Test
  void endlessChunkedBody_isCutOff() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.server.port())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          (UNLOCK + "Transfer-Encoding: chunked\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      byte[] chunk = ("1000\r\n" + "x".repeat(0x1000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      for (int count = 0; count < 20; count++) {
        out.write(chunk);
      }
      out.flush();

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void refusedBodies_leaveTheConnectionUsable() throws IOException {
    String refused =
        "POST /v1/doors/d-1/unlock HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";
    String good = UNLOCK + "Connection: close\r\nContent-Length: 3\r\n\r\nabc";

    String answers = raw(refused + good);

    assertThat(answers).startsWith("HTTP/1.1 415").contains("HTTP/1.1 200");
  }

  @Test
  void vanishedClient_isNoBug() throws IOException {
    Promise<Outcome> outcome = Promise.promise();
    http.unlocks.answer(HttpFixture.underway(false, outcome.future()));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.server.port())) {
      socket
          .getOutputStream()
          .write((UNLOCK + "Content-Length: 3\r\n\r\nabc").getBytes(StandardCharsets.US_ASCII));
      await().until(() -> !http.unlocks.submissions.isEmpty());
    }
    http.vertx.runOnContext(now -> outcome.complete(new Outcome.Opened(AT)));

    http.unlocks.deny(Reason.EXPIRED, Duration.ZERO);
    assertThat(http.api.unlock("d-1", "jws").statusCode()).isEqualTo(401);
    assertThat(http.bugs()).isZero();
  }

  @Test
  void expectContinue_isHonoured() {
    HttpRequest.Builder request =
        http.api
            .request("/v1/doors/d-1/unlock")
            .header("Content-Type", "application/jose")
            .expectContinue(true)
            .POST(HttpRequest.BodyPublishers.ofString("jws"));

    assertThat(http.api.send(request).statusCode()).isEqualTo(200);
  }

  @Test
  void drain_finishesWhatIsUnderWay_andTakesNothingNew() throws Exception {
    Promise<Outcome> outcome = Promise.promise();
    http.unlocks.answer(HttpFixture.underway(false, outcome.future()));
    CompletableFuture<HttpResponse<String>> waiting =
        CompletableFuture.supplyAsync(() -> http.api.unlock("d-1", "jws"));
    await().until(() -> !http.unlocks.submissions.isEmpty());
    int port = http.server.port();

    Future<Void> drained = http.server.stopAccepting(Duration.ofSeconds(10));
    http.vertx.setTimer(300, later -> outcome.complete(new Outcome.Opened(AT)));

    assertThat(waiting.get().statusCode()).isEqualTo(200);
    HttpFixture.await(drained);
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(IOException.class);
  }

  @Test
  void connectionsPastTheBound_takeThePlaceOfTheIdle_butNotOfARequestThatIsWhole()
      throws Exception {
    Promise<Outcome> outcome = Promise.promise();
    try (HttpFixture small = small(3);
        Socket answered = sending(small, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        Socket waiting = waiting(small, outcome);
        Socket dribbling = sending(small, UNLOCK + "Content-Length: 9\r\n\r\nab")) {
      assertThat(answered.getInputStream().read()).isEqualTo('H');
      await().until(() -> small.connectionCount() == 3);

      try (Socket fourth = sending(small, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
          Socket fifth = sending(small, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")) {
        assertThat(fifth.getInputStream().read()).isEqualTo('H');
        assertThat(answered.getInputStream().readAllBytes())
            .startsWith("TTP/1.1 404".getBytes(StandardCharsets.US_ASCII));
        assertThat(dribbling.getInputStream().read()).isEqualTo(-1);
        assertThat(fourth.getInputStream().read()).isEqualTo('H');
      }
      small.vertx.runOnContext(now -> outcome.complete(new Outcome.Opened(AT)));
      assertThat(waiting.getInputStream().readNBytes(12))
          .isEqualTo("HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void connectionPastTheBound_whereAllAreBusy_isClosed() throws Exception {
    Promise<Outcome> outcome = Promise.promise();
    try (HttpFixture small = small(1);
        Socket waiting = waiting(small, outcome);
        Socket second = sending(small, "")) {
      assertThat(second.getInputStream().read()).isEqualTo(-1);
      small.vertx.runOnContext(now -> outcome.complete(new Outcome.Opened(AT)));
      assertThat(waiting.getInputStream().read()).isEqualTo('H');
      await().until(() -> small.connectionCount() == 1);
    }
  }

  private static HttpFixture small(int connectionCountMax) {
    return new HttpFixture(
        new Limits(1, connectionCountMax, Duration.ofSeconds(5)), Optional.empty());
  }

  /** Its request is whole, and its outcome is yet to come. */
  private static Socket waiting(HttpFixture small, Promise<Outcome> outcome) throws IOException {
    small.unlocks.answer(HttpFixture.underway(false, outcome.future()));
    Socket socket = sending(small, UNLOCK + "Content-Length: 3\r\n\r\nabc");
    await().until(() -> !small.unlocks.submissions.isEmpty());
    return socket;
  }

  private static Socket sending(HttpFixture to, String bytes) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), to.server.port());
    socket.setSoTimeout(5000);
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Test
  void takenPort_isNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      HttpConfig config = new HttpConfig("127.0.0.1", taken.getLocalPort(), Optional.empty(), 10);
      ApiServer server = http.another(config);

      assertThatThrownBy(() -> HttpFixture.await(server.start()))
          .isInstanceOf(NotStarted.class)
          .hasMessageContaining("http.port 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void missingCertificate_isNamed() {
    HttpConfig.Tls tls = new HttpConfig.Tls(0, Path.of("/no/such/cert.pem"), Path.of("/no/key"));
    ApiServer server = http.another(new HttpConfig("127.0.0.1", 0, Optional.of(tls), 10));

    assertThatThrownBy(() -> HttpFixture.await(server.start()))
        .isInstanceOf(NotStarted.class)
        .hasMessageContaining("http.tls.certificate /no/such/cert.pem");
  }

  /** What the server says until it closes. */
  private String raw(String bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
