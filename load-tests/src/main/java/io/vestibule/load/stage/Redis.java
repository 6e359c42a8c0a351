package io.vestibule.load.stage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * A Redis of the run's own on a free port of the loopback, in memory alone.
 *
 * @param pid absent where the port is only a way to it
 */
public record Redis(int port, OptionalLong pid) {
  private static final String READY = "Ready to accept connections";
  private static final Duration START_LIMIT = Duration.ofSeconds(15);

  /** Another process may take the free port between the look and the start. */
  private static final int STARTS_MAX = 5;

  /** Where another process listens for it. */
  public Redis(int port) {
    this(port, OptionalLong.empty());
  }

  /** Starts it and waits until it serves. */
  public static Redis start(Started started, Path work, RedisBinary program) throws CannotRun {
    Path binary = program.choose(started, work);
    for (int attempt = 1; ; attempt++) {
      int port = freePort();
      Started.Running running =
          started.start("redis-" + attempt, new ProcessBuilder(command(binary, work, port)));
      boolean known =
          Waiting.until(
              START_LIMIT, () -> !running.process().isAlive() || running.tail().contains(READY));
      if (known && running.process().isAlive()) {
        return new Redis(port, OptionalLong.of(running.process().pid()));
      }
      if (attempt == STARTS_MAX) {
        throw new CannotRun("Redis does not start: " + running.tail());
      }
    }
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  private static List<String> command(Path binary, Path work, int port) {
    return List.of(
        binary.toString(),
        "--port",
        String.valueOf(port),
        "--bind",
        "127.0.0.1",
        "--dir",
        work.toString(),
        "--save",
        "",
        "--appendonly",
        "no");
  }

  static int freePort() throws CannotRun {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new CannotRun("no free port", e);
    }
  }
}
