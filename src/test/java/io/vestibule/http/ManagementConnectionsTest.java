package io.vestibule.http;

import static io.vestibule.http.HttpFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vestibule.config.ManagementConfig;
import io.vestibule.health.Dependency;
import io.vestibule.health.HealthBoard;
import io.vestibule.health.Standing;
import io.vestibule.metrics.Scrape;
import io.vestibule.testing.SimTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementConnectionsTest {
  private static final int BOUND = 200;

  private final Vertx vertx = Vertx.vertx();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicInteger scrapes = new AtomicInteger();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final List<Socket> sockets = new ArrayList<>();
  private final ManagementServer server =
      new ManagementServer(
          vertx,
          new ManagementConfig("127.0.0.1", 0),
          new ManagementServer.Parts(Map::of, board(), new Scrape(registry)));

  @BeforeEach
  void start() {
    Gauge.builder("scrapes", scrapes::incrementAndGet).register(registry);
    await(server.start());
  }

  @AfterEach
  void stop() throws IOException {
    released.countDown();
    for (Socket socket : sockets) {
      socket.close();
    }
    await(server.close());
    await(vertx.close());
  }

  @Test
  void start_scrapesBeforeItListens() {
    assertThat(scrapes).hasPositiveValue();
  }

  @Test
  void holdersOfConnections_keepNoProbeOut_andTheOldestOfThemGoes() throws IOException {
    Socket oldest = hold();
    for (int count = 1; count < 2 * BOUND; count++) {
      hold();
    }

    assertThat(firstLine(open("GET /health/live HTTP/1.1\r\nHost: it\r\n\r\n")))
        .isEqualTo("HTTP/1.1 200 OK");
    assertThat(firstLine(oldest)).isEmpty();
  }

  @Test
  void requestUnderWay_outlivesWhoAsksNothing() throws Exception {
    Gauge.builder("slow", this::slow).register(registry);
    Socket scraper = open("GET /metrics HTTP/1.1\r\nHost: it\r\n\r\n");
    asked.await();

    for (int count = 0; count < 2 * BOUND; count++) {
      hold();
    }
    firstLine(open("GET /health/live HTTP/1.1\r\nHost: it\r\n\r\n"));
    released.countDown();

    assertThat(firstLine(scraper)).isEqualTo("HTTP/1.1 200 OK");
  }

  @Test
  void scraperThatLeaves_isNoBug_andTheNextGetsItsScrape() throws Exception {
    List<Throwable> bugs = new CopyOnWriteArrayList<>();
    vertx.exceptionHandler(bugs::add);
    Gauge.builder("slow", this::slow).register(registry);
    Socket scraper = open("GET /metrics HTTP/1.1\r\nHost: it\r\n\r\n");
    asked.await();

    scraper.close();
    firstLine(open("GET /health/live HTTP/1.1\r\nHost: it\r\n\r\n"));
    released.countDown();

    assertThat(firstLine(open("GET /metrics HTTP/1.1\r\nHost: it\r\n\r\n")))
        .isEqualTo("HTTP/1.1 200 OK");
    assertThat(bugs).isEmpty();
  }

  private static HealthBoard board() {
    return new HealthBoard(
        new SimTime(),
        Stream.of(Dependency.values())
            .collect(Collectors.toMap(Function.identity(), dependency -> Standing::up)));
  }

  private double slow() {
    asked.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private Socket hold() throws IOException {
    return open("GET /health/live HTTP/1.1\r\nHost: ");
  }

  private Socket open(String text) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(4_000);
    sockets.add(socket);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** Empty where the other side has closed. */
  private static String firstLine(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = socket.getInputStream().read();
    while (next > '\r') {
      line.append((char) next);
      next = socket.getInputStream().read();
    }
    return line.toString();
  }
}
