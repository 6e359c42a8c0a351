package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vestibule.testing.Jdk;
import io.vestibule.testing.RawDoor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the packed gateway's scrape shows does not grow with who connects and what they send. */
@Tag("system")
final class BoundedSeriesIT {
  private static Stage stage;

  @BeforeAll
  static void set() throws Exception {
    stage = Stage.set(Jdk.found().get(0), Map.of("VESTIBULE_MQTT_PLAIN_PORT", "0"));
  }

  @AfterAll
  static void end() {
    stage.close();
  }

  @Test
  void doorsRegistered_areCounted_withinSeconds() throws Exception {
    assertThat(number("vestibule_doors_registered")).isNotNegative();
    assertThat(number("vestibule_doors_connected_max")).isPositive();
    assertThat(number("vestibule_certificate_expiry_seconds{certificate=\"mqtt_server\"}"))
        .isGreaterThan(System.currentTimeMillis() / 1e3);
  }

  @Test
  void series_areTheSame_forOneDoorAndForMany_andForWhateverStrangersSend() throws Exception {
    List<RawDoor> doors = new ArrayList<>();
    doors.add(connect(door()));
    strange(0);
    scrape(); // It is a request too.
    Set<String> before = series();

    for (int more = 0; more < 20; more++) {
      doors.add(connect(door()));
    }
    for (int n = 1; n <= 50; n++) {
      strange(n);
    }

    assertThat(number("vestibule_doors_connected{protocol=\"mqtt_5\",transport=\"plain\"}"))
        .isEqualTo(21);
    Set<String> added = series();
    added.removeAll(before);
    assertThat(added).isEmpty();
    for (RawDoor door : doors) {
      door.close();
    }
  }

  /** One of each thing that could become a label, named anew for each {@code n}. */
  private static void strange(int n) throws Exception {
    http(
        "BREW"
            + n
            + " /coffee/"
            + n
            + " HTTP/1.1\r\nHost: h"
            + n
            + "\r\nConnection: close\r\n\r\n");
    http("GET /v1/doors/d" + n + " HTTP/1.1\r\nHost: h" + n + "\r\nConnection: close\r\n\r\n");
    http("GET /" + n + " HTTP/9." + n + "\r\n\r\n");
    try (RawDoor stranger = RawDoor.plain(stage.gateway().port("mqtt"))) {
      stranger.send(RawDoor.connect(5, "stranger-" + n, "secret-" + n, 60));
      assertThat(stranger.closed()).isTrue();
    }
    hello("name-" + n + ".example", "alpn-" + n);
  }

  /** A TLS client that names a server and a protocol of its own, and leaves. */
  private static void hello(String server, String protocol) throws Exception {
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(null, null, null);
    try (SSLSocket socket =
        (SSLSocket)
            trusting
                .getSocketFactory()
                .createSocket(
                    new Socket(InetAddress.getLoopbackAddress(), stage.gateway().port("mqtts")),
                    server,
                    443,
                    true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {protocol});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
    } catch (IOException refused) {
      // As it should be: it trusts nobody.
    }
  }

  private static void http(String request) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), stage.gateway().port("http"))) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readAllBytes();
    }
  }

  /** A registered door with a secret. */
  private static String door() throws Exception {
    String door = stage.door();
    String body = "{\"building\":\"%s\",\"secret\":\"of %s\"}".formatted(Stage.BUILDING, door);
    assertThat(stage.operator().put("/v1/doors/" + door, body).status()).isEqualTo(200);
    return door;
  }

  private static RawDoor connect(String door) throws IOException {
    RawDoor connected =
        RawDoor.plain(stage.gateway().port("mqtt"))
            .send(RawDoor.connect(5, door, "of " + door, 600));
    assertThat(connected.read().hex()).startsWith("20:0000");
    return connected;
  }

  private static double number(String series) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                scrape()
                    .lines()
                    .filter(line -> line.startsWith(series + " "))
                    .map(line -> Double.parseDouble(line.substring(series.length() + 1)))
                    .findFirst()
                    .orElse(Double.NaN),
            value -> !value.isNaN());
  }

  /** Without their values. */
  private static Set<String> series() throws Exception {
    Set<String> series = new TreeSet<>();
    scrape()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> series.add(line.substring(0, line.lastIndexOf(' '))));
    return series;
  }

  private static String scrape() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + stage.gateway().port("management") + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }
}
