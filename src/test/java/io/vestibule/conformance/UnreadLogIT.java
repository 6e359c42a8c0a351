package io.vestibule.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.testing.GatewayProcess;
import io.vestibule.testing.Jar;
import io.vestibule.testing.Jdk;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The packed gateway where stderr is a pipe that nobody reads. */
final class UnreadLogIT {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  /** Each is a line at debug: more than a pipe and the lines that may wait hold. */
  private static final int REQUEST_COUNT = 6_000;

  private static final int AT_ONCE = 100;
  private static final String REQUEST =
      "POST /v1/doors/door-1/unlock HTTP/1.1\r\nHost: gateway\r\n"
          + "Content-Type: application/jose\r\nContent-Length: 3\r\n\r\nbad";
  private static final String ANSWER = "HTTP/1.1 400 ";

  @Test
  void gateway_answersOn_countsWhatItLeavesOut_andEnds() throws Exception {
    Jar jar = Jar.quick(Jdk.found().get(0));
    Path pki = Files.createTempDirectory("pki");
    assertThat(jar.run(LIMIT, "pki", pki.toString()).exit()).isZero();
    try (GatewayProcess gateway =
        GatewayProcess.startUnread(
                jar, pki.resolve("vestibule.yaml"), Map.of("VESTIBULE_LOG_LEVEL", "debug"))
            .ready()) {
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), gateway.port("http"))) {
        client.setSoTimeout((int) LIMIT.toMillis());
        for (int asked = 0; asked < REQUEST_COUNT; asked += AT_ONCE) {
          client.getOutputStream().write(REQUEST.repeat(AT_ONCE).getBytes(US_ASCII));
          readAnswers(client.getInputStream());
        }
      }

      assertThat(suppressed(gateway.port("management"))).isPositive();
      assertThat(gateway.terminate(LIMIT)).isZero();
    }
  }

  /** Of one connection, to what was asked over it at once; fails where one does not come. */
  private static void readAnswers(InputStream in) throws IOException {
    StringBuilder read = new StringBuilder();
    byte[] some = new byte[16_384];
    while (read.toString().split(ANSWER, -1).length <= AT_ONCE || !read.toString().endsWith("}")) {
      int length = in.read(some);
      assertThat(length).as(read.toString()).isPositive();
      read.append(new String(some, 0, length, US_ASCII));
    }
  }

  private static double suppressed(int port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
            .timeout(LIMIT)
            .build();
    return HttpClient.newHttpClient()
        .send(request, BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith("vestibule_log_suppressed_total "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .sum();
  }
}
