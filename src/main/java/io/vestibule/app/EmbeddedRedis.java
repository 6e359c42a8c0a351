package io.vestibule.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis server in a process of its own on the loopback address, from the binary in the jar; ends
 * with {@link #close} or with this process, also where that is killed. Starting and closing block.
 */
public final class EmbeddedRedis implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);
  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final Path SHELL = Path.of("/bin/sh");

  /** Its input ends with whoever holds the other end, however that came about. */
  private static final String MOURN = "read -r line; kill -9 \"$1\"; rm -rf \"$2\"";

  private static final String RESOURCE = "/redis-server-7.0.15-";
  private static final String HOST = "127.0.0.1";
  private static final String READY = "Ready to accept connections";
  private static final Duration START_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  /** Another process may take the free port between the look and the start. */
  private static final int ATTEMPTS_MAX = 5;

  private static final Map<String, String> ARCHITECTURES =
      Map.of("amd64", "amd64", "x86_64", "amd64", "aarch64", "arm64", "arm64", "arm64");

  private final int port;
  private final Path dir;
  private final Process process;
  private final Optional<Process> mourner;
  private final Thread onExit;
  private volatile boolean leftToOwner;

  private EmbeddedRedis(int port, Path dir, Process process) {
    this.port = port;
    this.dir = dir;
    this.process = process;
    this.mourner = mourner(process.pid(), dir);
    this.onExit = new Thread(this::kill, "embedded-redis-exit");
  }

  /** In memory, on a free port. */
  public static EmbeddedRedis start() throws IOException {
    return start(0, Optional.empty());
  }

  /**
   * Returns once it accepts connections.
   *
   * @param port 0 takes a free one
   * @param dataDir where each write is kept; nothing is kept without
   */
  public static EmbeddedRedis start(int port, Optional<Path> dataDir) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return launch(port == 0 ? freePort() : port, dataDir);
      } catch (NotReady e) {
        if (port != 0 || attempt == ATTEMPTS_MAX) {
          throw e;
        }
      }
    }
  }

  public int port() {
    return port;
  }

  /** Its URL, as {@code redis.endpoints} takes it. */
  public String endpoint() {
    return "redis://" + HOST + ":" + port;
  }

  /** The process id, for tests that stop or suspend it. */
  public long pid() {
    return process.pid();
  }

  /**
   * Its owner closes it, also when this process is told to end: hooks run side by side, and this
   * one would take Redis away from what is being finished.
   */
  void leaveToOwner() {
    Runtime.getRuntime().removeShutdownHook(onExit);
    leftToOwner = true;
  }

  @Override
  public void close() {
    try {
      if (!leftToOwner) {
        Runtime.getRuntime().removeShutdownHook(onExit);
      }
    } catch (IllegalStateException e) {
      return; // The hook is already at it.
    }
    mourner.ifPresent(Process::destroyForcibly);
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    delete(dir);
  }

  private static EmbeddedRedis launch(int port, Optional<Path> dataDir) throws IOException {
    Path dir = Files.createTempDirectory("vestibule-redis-");
    Process process;
    try {
      process = process(binary(dir), port, dataDir.orElse(dir), dataDir.isPresent());
    } catch (IOException e) {
      delete(dir);
      throw e;
    }
    EmbeddedRedis redis = new EmbeddedRedis(port, dir, process);
    Runtime.getRuntime().addShutdownHook(redis.onExit);
    try {
      redis.waitUntilReady();
      return redis;
    } catch (IOException e) {
      redis.close();
      throw e;
    }
  }

  private static Process process(Path binary, int port, Path dir, boolean kept) throws IOException {
    List<String> command = inItsOwnSession();
    command.add(binary.toString());
    command.addAll(List.of("--port", String.valueOf(port), "--bind", HOST));
    command.addAll(List.of("--dir", dir.toAbsolutePath().toString(), "--save", ""));
    command.addAll(List.of("--appendonly", kept ? "yes" : "no", "--daemonize", "no"));
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IOException(
          "cannot run " + binary + "; set java.io.tmpdir to a directory that allows programs");
    }
  }

  /** Ctrl-C in a terminal would end it before what is being finished. */
  private static List<String> inItsOwnSession() {
    return new ArrayList<>(Files.isExecutable(SETSID) ? List.of(SETSID.toString()) : List.of());
  }

  /** Ends Redis where nobody is left to do it; without a shell Redis outlives a killed owner. */
  private static Optional<Process> mourner(long pid, Path dir) {
    if (!Files.isExecutable(SHELL)) {
      return Optional.empty();
    }
    List<String> command = inItsOwnSession();
    command.addAll(List.of(SHELL.toString(), "-c", MOURN, "mourner", Long.toString(pid)));
    command.add(dir.toAbsolutePath().toString());
    try {
      return Optional.of(
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      LOG.debug("nobody ends Redis {} if this process is killed: {}", pid, e.getMessage());
      return Optional.empty();
    }
  }

  /** What {@code ready} holds is the last line of a server that ended before. */
  private void waitUntilReady() throws IOException {
    CompletableFuture<Optional<String>> ready = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(ready), "embedded-redis-output");
    reader.setDaemon(true);
    reader.start();
    try {
      Optional<String> ended = ready.get(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      if (ended.isPresent()) {
        throw new NotReady(
            "Redis ended on port " + port + " (" + ended.get() + "); free it or name another");
      }
    } catch (ExecutionException e) {
      throw new NotReady(String.valueOf(e.getMessage()));
    } catch (TimeoutException e) {
      throw new NotReady("Redis was not ready on port " + port + " in " + START_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotReady("interrupted while Redis started");
    }
  }

  /** Reads to the end: a pipe that nobody empties would stop the server. */
  private void read(CompletableFuture<Optional<String>> ready) {
    String last = "no output";
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        LOG.debug("redis: {}", line);
        if (line.contains(READY)) {
          ready.complete(Optional.empty());
        }
        last = line.isBlank() ? last : line;
      }
    } catch (IOException e) {
      last = String.valueOf(e.getMessage());
    }
    ready.complete(Optional.of(last));
  }

  private static Path binary(Path dir) throws IOException {
    String platform = platform();
    Path binary = dir.resolve("redis-server");
    try (InputStream in = EmbeddedRedis.class.getResourceAsStream(RESOURCE + platform)) {
      if (in == null) {
        throw new IOException(
            "no embedded Redis for " + platform + "; set redis.endpoints to one that runs");
      }
      Files.copy(in, binary);
    }
    if (!binary.toFile().setExecutable(true)) {
      throw new IOException(
          "cannot make " + binary + " executable; set java.io.tmpdir to another directory");
    }
    return binary;
  }

  private static String platform() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String system = name.startsWith("mac") ? "darwin" : name;
    String machine = System.getProperty("os.arch", "");
    return system + "-" + ARCHITECTURES.getOrDefault(machine, machine);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void kill() {
    mourner.ifPresent(Process::destroyForcibly);
    process.destroyForcibly();
    delete(dir);
  }

  private static void delete(Path dir) {
    try (Stream<Path> paths = Files.walk(dir)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("left behind: {}", dir);
    }
  }

  /** The process started but did not get to serve. */
  private static final class NotReady extends IOException {
    private static final long serialVersionUID = 1L;

    NotReady(String message) {
      super(message);
    }
  }
}
