package io.vestibule.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisIT {
  @TempDir private Path dir;

  @Test
  void started_answersAtOnce_andClosedIsGone() throws IOException {
    EmbeddedRedis redis = EmbeddedRedis.start();

    assertThat(ask(redis, "PING\r\n", 7)).isEqualTo("+PONG\r\n");
    assertThat(redis.endpoint()).isEqualTo("redis://127.0.0.1:" + redis.port());

    redis.close();
    assertThat(ProcessHandle.of(redis.pid()).map(ProcessHandle::isAlive).orElse(false)).isFalse();
    redis.close();
  }

  @Test
  void dataDirectory_survivesARestart() throws IOException {
    try (EmbeddedRedis redis = EmbeddedRedis.start(0, Optional.of(dir))) {
      assertThat(ask(redis, "SET door open\r\n", 5)).isEqualTo("+OK\r\n");
    }

    try (EmbeddedRedis redis = EmbeddedRedis.start(0, Optional.of(dir))) {
      assertThat(ask(redis, "GET door\r\n", 10)).isEqualTo("$4\r\nopen\r\n");
    }
  }

  @Test
  void takenPort_isNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> EmbeddedRedis.start(port, Optional.empty()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("port " + port)
          .hasMessageEndingWith("free it or name another");
    }
  }

  @Test
  void ownerKilled_itEndsToo() throws IOException {
    Process owner =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Owner.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = owner.inputReader(StandardCharsets.UTF_8)) {
      ProcessHandle redis = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();

      owner.destroyForcibly();

      await().atMost(Duration.ofSeconds(10)).until(() -> !redis.isAlive());
    }
  }

  /** Starts one and waits to be killed. */
  static final class Owner {
    private Owner() {}

    public static void main(String[] args) throws Exception {
      System.out.println(EmbeddedRedis.start().pid());
      new CountDownLatch(1).await();
    }
  }

  private static String ask(EmbeddedRedis redis, String command, int replySize) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(command.getBytes(StandardCharsets.US_ASCII));
      byte[] reply = socket.getInputStream().readNBytes(replySize);
      return new String(reply, StandardCharsets.US_ASCII);
    }
  }
}
