package io.vestibule.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vestibule.grant.Outcome;
import io.vestibule.metrics.Tag;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every request of the API is counted once, under its route and its status. */
class RequestMetricsTest {
  private static final String UNLOCK = "/v1/doors/{door}/unlock";
  private static final Instant AT = Instant.parse("2026-11-22T08:00:01Z");

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

  @Test
  void tag_hasEachRouteOfTheRouter_andNothingElse() {
    Set<String> expected =
        http.routes().stream()
            .map(route -> Requests.tag(String.valueOf(route.getPath())))
            .collect(Collectors.toCollection(HashSet::new));
    expected.add(Requests.NO_ROUTE);

    assertThat(Tag.ROUTE.all()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void answer_isCountedAndTimed_whateverTheDoor() {
    http.api.unlock("d-1", "jws");
    http.api.unlock("d-2", "jws");

    awaitCount(UNLOCK, "2xx", 2);
    await().untilAsserted(() -> assertThat(timed("2xx")).isEqualTo(2));
    assertThat(all()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/doors/d-1/unlock, /v1/doors/{door}/unlock",
    "GET, /v1/unlocks/u-1, /v1/unlocks/{unlock}",
    "GET, /v1/nothing, none",
    "PROPFIND, /, none"
  })
  void refusal_isCountedUnderItsRoute(String method, String path, String route) {
    http.api.send(
        http.api.request(path).method(method, java.net.http.HttpRequest.BodyPublishers.noBody()));

    awaitCount(route, "4xx", 1);
    await().untilAsserted(() -> assertThat(timed("4xx")).isEqualTo(1));
    assertThat(all()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /v1/unlocks/%zz HTTP/1.1",
    "GET /v1/unlocks/u-1 HTTP/1.1\\nBad Header: y",
    "NONSENSE"
  })
  void whatIsNoRequest_isCountedUnderNone(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.server.port())) {
      String text = head.replace("\\n", "\r\n") + "\r\nHost: x\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      socket.getInputStream().readAllBytes();
    }

    awaitCount("none", "4xx", 1);
    assertThat(all()).isEqualTo(1);
  }

  @Test
  void bug_isCountedAs5xx() {
    http.unlocks.answer(() -> Future.failedFuture(new IllegalStateException("bug")));

    http.api.unlock("d-1", "jws");

    awaitCount(UNLOCK, "5xx", 1);
    assertThat(all()).isEqualTo(1);
  }

  @Test
  void clientThatLeft_isCountedOnce_underTheStatusThatItWouldHaveGot() throws IOException {
    Promise<Outcome> outcome = Promise.promise();
    http.unlocks.answer(HttpFixture.underway(false, outcome.future()));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.server.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST /v1/doors/d-1/unlock HTTP/1.1\r\nHost: x\r\n"
                      + "Content-Type: application/jose\r\nContent-Length: 3\r\n\r\nabc")
                  .getBytes(StandardCharsets.US_ASCII));
      await().until(() -> !http.unlocks.submissions.isEmpty());
    }
    await().until(() -> connections() == 0);
    assertThat(all()).isZero();

    http.vertx.runOnContext(now -> outcome.complete(new Outcome.Opened(AT)));

    awaitCount(UNLOCK, "2xx", 1);
    assertThat(all()).isEqualTo(1);
  }

  @Test
  void connectionPastTheBound_isCounted() throws IOException {
    try (HttpFixture small =
            new HttpFixture(new Limits(1, 1, Duration.ofSeconds(1)), Optional.empty());
        Socket first = new Socket(InetAddress.getLoopbackAddress(), small.server.port())) {
      await()
          .until(() -> small.meterRegistry.get("vestibule.http.connections").gauge().value() > 0);
      try (Socket second = new Socket(InetAddress.getLoopbackAddress(), small.server.port())) {
        first.setSoTimeout(10_000);
        assertThat(first.getInputStream().read()).isNegative();
        assertThat(second.isConnected()).isTrue();
      }

      assertThat(small.meterRegistry.get("vestibule.http.connections.refused").counter().count())
          .isEqualTo(1);
    }
  }

  /** The client has its answer a moment before the gateway knows that it was written. */
  private void awaitCount(String route, String status, int count) {
    await()
        .until(
            () ->
                http.meterRegistry
                        .get("vestibule.http.requests")
                        .tags("route", route, "status", status)
                        .counter()
                        .count()
                    == count);
  }

  private double all() {
    return http.meterRegistry.get("vestibule.http.requests").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  private long timed(String status) {
    Timer timer =
        http.meterRegistry.get("vestibule.http.request.duration").tag("status", status).timer();
    return timer.count();
  }

  private double connections() {
    return http.meterRegistry.get("vestibule.http.connections").gauge().value();
  }
}
