package io.vestibule.load.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReachTest {
  private static final String KEYS = "{\"keys\":[]}";

  @TempDir private Path pki;

  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    Files.createDirectories(pki.resolve("doors"));
    Files.writeString(pki.resolve("doors/door-1.pem"), "certificate");
    Files.writeString(pki.resolve("doors/door-1-key.pem"), "key");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aPortThatNobodyHas_isNamed_withWhatToDo() throws Exception {
    InetSocketAddress nobody = address(Redis.freePort());

    assertRefused(
        target(nobody, server.getAddress()),
        1,
        ":" + nobody.getPort() + " (Connection refused)",
        "start the gateway there, or name another with --target");
    assertRefused(target(server.getAddress(), nobody), 1, "or name another with --mqtts");
  }

  @Test
  void aHostThatIsNotKnown_isNamed() {
    assertRefused(
        target(InetSocketAddress.createUnresolved("nowhere.invalid", 1), server.getAddress()),
        1,
        "--target: the host nowhere.invalid is not known");
  }

  @Test
  void aServerThatIsNoGateway_isToldApart() {
    assertRefused(target(), 1, "is no gateway: it has no keys at /.well-known/jwks.json (404)");

    answer("/.well-known/jwks.json", 200, "<html>");
    assertRefused(target(), 1, "is no gateway");
  }

  @Test
  void aManagementPortWithoutAGatewaysMetrics_isSaid() {
    answer("/.well-known/jwks.json", 200, KEYS);
    InetSocketAddress here = server.getAddress();
    Target target = new Target("given", here, here, Optional.of(here), pki, "a.b.c", List.of());

    assertRefused(target, 1, "no gateway's metrics at /metrics (404)", "with --management");
    answer("/metrics", 200, "<html>");
    assertRefused(target, 1, "no gateway's metrics at /metrics (200)");
    answer("/metrics", 200, "process_uptime_seconds 7\n");
    assertRefused(target, 1, "no gateway's metrics at /metrics (200)");
    answer("/metrics", 200, "vestibule_doors_connected 7\n");
    answer("/v1/buildings/", 401, "{\"reason\":\"unauthorized\"}");
    assertRefused(target, 1, "was answered 401");
  }

  @Test
  void aTokenThatIsNotTaken_isSaid_withTheReasonAndWhatToDo() {
    answer("/.well-known/jwks.json", 200, KEYS);
    answer("/v1/buildings/", 401, "{\"reason\":\"unauthorized\",\"detail\":\"expired\"}");

    assertRefused(target(), 1, "was answered 401 unauthorized (expired)", "vestibule.jar token");
  }

  @Test
  void aTokenOfAnotherScope_isSaid() {
    answerAsGateway();
    String claims =
        Base64.getUrlEncoder()
            .encodeToString("{\"scope\":\"policy:write\"}".getBytes(StandardCharsets.UTF_8));
    InetSocketAddress here = server.getAddress();
    Target weak =
        new Target("given", here, here, Optional.empty(), pki, "a." + claims + ".c", List.of());

    assertRefused(weak, 1, "--token is of scope \"policy:write\"", "--scope operator");
  }

  @Test
  void aDoorWithoutCertificate_namesTheCommandThatMakesIt() {
    assertRefused(target(), 3, "no certificate and key of door-2", "pki DIR --doors 3");
  }

  @Test
  void aPortWithoutTls_isSaid() throws Exception {
    Keypair.make(pki, "own").writeAsDoor(pki);
    answerAsGateway();

    assertRefused(target(), 1, "no door can connect to ", "is it the port for doors over TLS?");
  }

  @Test
  void aTargetOfTheSameAuthority_canBeReached() throws Exception {
    Keypair own = Keypair.make(pki, "own");
    own.writeAsDoor(pki);
    answerAsGateway();

    try (Keypair.Server doors = own.serve(own)) {
      assertThatCode(() -> Reach.check(target(server.getAddress(), doors.address()), 1))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void aTargetOfAnotherAuthority_isSaid_whicheverSideSeesIt() throws Exception {
    Keypair own = Keypair.make(pki, "own");
    Keypair other = Keypair.make(pki, "other");
    own.writeAsDoor(pki);
    answerAsGateway();

    try (Keypair.Server unknown = other.serve(own);
        Keypair.Server refusing = own.serve(other)) {
      assertRefused(target(server.getAddress(), unknown.address()), 1, "not of one authority");
      assertRefused(target(server.getAddress(), refusing.address()), 1, "not of one authority");
    }
  }

  private void answerAsGateway() {
    answer("/.well-known/jwks.json", 200, KEYS);
    answer("/v1/buildings/", 404, "{\"reason\":\"unknown_building\"}");
  }

  private static void assertRefused(Target target, int doorCount, String... parts) {
    assertThatThrownBy(() -> Reach.check(target, doorCount))
        .isInstanceOf(CannotRun.class)
        .message()
        .contains(parts)
        .satisfies(message -> assertThat(message.lines()).hasSize(1));
  }

  private void answer(String path, int status, String body) {
    try {
      server.removeContext(path);
    } catch (IllegalArgumentException e) {
      // There was none.
    }
    server.createContext(
        path,
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private Target target() {
    return target(server.getAddress(), server.getAddress());
  }

  private Target target(InetSocketAddress http, InetSocketAddress mqtts) {
    return new Target("given", http, mqtts, Optional.empty(), pki, "a.b.c", List.of());
  }

  private static InetSocketAddress address(int port) throws IOException {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
