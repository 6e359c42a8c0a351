package io.vestibule.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.vestibule.testing.Jar;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthCommandTest {
  @TempDir private Path dir;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer gateway;

  @BeforeEach
  void start() throws IOException {
    gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer("/health/live", 200);
    answer("/health/ready", 503);
    gateway.start();
  }

  @AfterEach
  void stop() {
    gateway.stop(0);
  }

  @Test
  void gatewayOfTheFile_isAlive_exits0_whateverElseIsWrongInTheFile() throws Exception {
    Path file = dir.resolve("vestibule.yaml");
    Files.writeString(file, "management: {port: " + port() + "}\nhttp: {port: none}\nhtp: {}\n");

    Jar.Ended ended = run(Map.of(), "--config", file.toString());

    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(ended.out()).isEqualTo("http://127.0.0.1:" + port() + "/health/live answers 200\n");
    assertThat(asked).containsExactly("/health/live");
  }

  @Test
  void gatewayOfTheEnvironment_isNotReady_exits1() {
    Jar.Ended ended =
        run(
            Map.of(
                "VESTIBULE_MANAGEMENT_HOST",
                "127.0.0.1",
                "VESTIBULE_MANAGEMENT_PORT",
                String.valueOf(port())),
            "--ready");

    assertThat(ended)
        .isEqualTo(
            new Jar.Ended(
                1, "", "vestibule: http://127.0.0.1:" + port() + "/health/ready answers 503\n"));
  }

  @Test
  void noGateway_exits1_andSaysWhereItAsked() {
    int port = port();
    gateway.stop(0);

    Jar.Ended ended = run(Map.of("VESTIBULE_MANAGEMENT_PORT", String.valueOf(port)));

    assertThat(ended.exit()).isOne();
    assertThat(ended.err())
        .startsWith("vestibule: no answer from http://127.0.0.1:" + port + "/health/live (")
        .hasLineCount(1);
  }

  @Test
  void illegalAddress_exits78() {
    Jar.Ended ended = run(Map.of("VESTIBULE_MANAGEMENT_PORT", "none"));

    assertThat(ended.exit()).isEqualTo(78);
    assertThat(ended.err()).startsWith("vestibule: management.port: found \"none\"");
    assertThat(asked).isEmpty();
  }

  private int port() {
    return gateway.getAddress().getPort();
  }

  private void answer(String path, int status) {
    gateway.createContext(
        path,
        exchange -> {
          asked.add(path);
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
  }

  private static Jar.Ended run(Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] line = new String[arguments.length + 1];
    line[0] = "health";
    System.arraycopy(arguments, 0, line, 1, arguments.length);
    Programs none = new Programs(config -> 0, run -> 0, options -> 0);
    int exit =
        new CommandLineRun(none, environment).run(line, new PrintWriter(out), new PrintWriter(err));
    return new Jar.Ended(exit, out.toString(), err.toString());
  }
}
