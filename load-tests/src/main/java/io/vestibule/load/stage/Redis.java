package io.vestibule.load.stage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A Redis of the run's own on a free port of the loopback, in memory alone.
 *
 * @param pid absent where the port is only a way to it
 */
public record Redis(int port, OptionalLong pid) {
  private static final Readiness READY =
      new Readiness(
          "Redis", Pattern.compile("Ready to accept connections"), Duration.ofSeconds(15));

  /** Where another process listens for it. */
  public Redis(int port) {
    this(port, OptionalLong.empty());
  }

  /** Starts it and waits until it serves. */
  public static Redis start(Started started, Path work, RedisBinary program) throws CannotRun {
    Path binary = program.choose(started, work);
    return READY.start(
        attempt -> {
          int port = freePort();
          Started.Running running =
              started.startNext("redis", new ProcessBuilder(command(binary, work, port)));
          return new Readiness.Begun<>(
              running, new Redis(port, OptionalLong.of(running.process().pid())));
        });
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
