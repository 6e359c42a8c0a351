package io.vestibule.load.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Progress;
import io.vestibule.load.stage.Target;
import io.vestibule.load.wire.HttpRequest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BulkTest {
  private static final String FORBIDDEN = "{\n  \"reason\": \"forbidden\"\n}";

  @Test
  void aRefusal_isOneLine_andSaysWhatToDo() throws Exception {
    HttpServer gateway = refusing();
    try (Loop loop = new Loop();
        Callers callers = Callers.connect(loop, target(gateway.getAddress()))) {
      Bulk bulk = new Bulk(loop, callers);
      Progress progress = new Progress(new PrintWriter(new StringWriter()));

      assertThatThrownBy(() -> bulk.run("grants", 1, number -> HttpRequest.get("/"), progress))
          .isInstanceOf(CannotRun.class)
          .message()
          .isEqualTo(
              "grants: not all, one was answered 403 forbidden: the token may not do that; it must"
                  + " be of scope operator")
          .satisfies(message -> assertThat(message.lines()).hasSize(1));
    } finally {
      gateway.stop(0);
    }
  }

  private static HttpServer refusing() throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(here, 0), 2 * Callers.CONNECTIONS);
    byte[] body = FORBIDDEN.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(403, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static Target target(InetSocketAddress http) {
    return new Target("gateway", http, http, Optional.empty(), Path.of("pki"), "token", List.of());
  }
}
