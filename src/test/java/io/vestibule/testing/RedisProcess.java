package io.vestibule.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A Redis server of its own on a free port of the loopback, without persistence. */
public final class RedisProcess implements AutoCloseable {
  private static final Path BINARY = extract();
  private static final int STARTS_MAX = 5;

  // The binary, and the file that makes a sentinel of it.
  private final List<String> command;
  private final List<String> extraArguments;
  private final Path directory;
  private int port;
  private Process process;

  private RedisProcess(List<String> command, List<String> extraArguments) throws IOException {
    this.command = List.copyOf(command);
    this.extraArguments = List.copyOf(extraArguments);
    this.directory = Files.createTempDirectory("redis");
  }

  /** Started and answering. */
  public static RedisProcess start(String... extraArguments) throws IOException {
    return start(BINARY, extraArguments);
  }

  /** Another server than the one that the project brings. */
  public static RedisProcess start(Path binary, String... extraArguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("--save", "", "--appendonly", "no"));
    all.addAll(List.of(extraArguments));
    return start(new RedisProcess(List.of(binary.toString()), all));
  }

  /** One that keeps what it was told in an append-only file, also over a kill and a restart. */
  public static RedisProcess startKept() throws IOException {
    // A write to a full disk must fail, and not end the process as a limit on files would.
    List<String> command =
        List.of("sh", "-c", "trap '' XFSZ; exec \"$0\" \"$@\"", BINARY.toString());
    return start(
        new RedisProcess(
            command, List.of("--save", "", "--appendonly", "yes", "--appendfsync", "everysec")));
  }

  /** A sentinel with what the file tells it; it writes to the file too. */
  public static RedisProcess startSentinel(Path file) throws IOException {
    List<String> command = List.of(BINARY.toString(), file.toString(), "--sentinel");
    return start(new RedisProcess(command, List.of()));
  }

  private static RedisProcess start(RedisProcess redis) throws IOException {
    // Between finding a free port and listening on it another process may take it.
    for (int tried = 1; !redis.startOn(freePort()); tried++) {
      if (tried == STARTS_MAX) {
        throw new IOException("no Redis after " + STARTS_MAX + " tries");
      }
    }
    return redis;
  }

  public int port() {
    return port;
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** Ends it as a crash would. */
  public void kill() {
    process.destroyForcibly();
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive());
  }

  /** Starts it again on the same port; empty, unless it keeps what it was told. */
  public void restart() throws IOException {
    restart(List.of());
  }

  /** As {@link #restart()}, with arguments that win over those of the first start. */
  public void restart(List<String> furtherArguments) throws IOException {
    if (!startOn(port, furtherArguments)) {
      throw new IOException("port " + port + " was taken");
    }
  }

  /** Where its files are. */
  public Path directory() {
    return directory;
  }

  /** Stops it from answering while its connections stay, or lets it go on. */
  public void signal(String name) throws IOException {
    run("kill", "-" + name, Long.toString(process.pid()));
  }

  /** No byte more can be written to its file, as on a full disk. */
  public void fillDisk() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("appendonlydir"))) {
      limitFiles(files.mapToLong(file -> file.toFile().length()).max().orElseThrow() + "");
    }
  }

  public void freeDisk() throws IOException {
    limitFiles("unlimited");
  }

  private void limitFiles(String size) throws IOException {
    run("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + size + ":");
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !process.isAlive());
    if (process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
  }

  /** Sends one command line and gives the first line of the answer. */
  public String ask(String line) throws IOException {
    return ask(port, line);
  }

  /** As {@link #ask(String)}, on a connection of this user. */
  public String askAs(String user, String password, String line) throws IOException {
    try (Socket socket = connect(port)) {
      String lines = "AUTH " + user + " " + password + "\r\n" + line + "\r\n";
      socket.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
      String welcome = readLine(socket.getInputStream());
      if (!welcome.equals("+OK") || socket.getInputStream().read() != '\n') {
        throw new IOException(welcome);
      }
      return readLine(socket.getInputStream());
    }
  }

  /** Sends one command line and gives the whole answer, which must be a bulk string. */
  public String askAll(String line) throws IOException {
    try (Socket socket = connect(port)) {
      socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
      int size = Integer.parseInt(readLine(socket.getInputStream()).substring(1));
      if (socket.getInputStream().read() != '\n') {
        throw new IOException("not a bulk string");
      }
      return new String(socket.getInputStream().readNBytes(size), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    kill();
  }

  private boolean startOn(int wanted) throws IOException {
    return startOn(wanted, List.of());
  }

  private boolean startOn(int wanted, List<String> furtherArguments) throws IOException {
    port = wanted;
    List<String> line = new ArrayList<>(command);
    line.addAll(List.of("--port", "" + port, "--bind", "127.0.0.1"));
    line.addAll(List.of("--dir", directory.toString()));
    line.addAll(extraArguments);
    line.addAll(furtherArguments);
    process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(10, TimeUnit.MILLISECONDS)
        .until(() -> answers() || !process.isAlive());
    return process.isAlive();
  }

  private boolean answers() {
    try {
      // Any answer will do: with a password it is an error.
      return !ask(port, "PING").isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private static String ask(int port, String line) throws IOException {
    try (Socket socket = connect(port)) {
      socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
      return readLine(socket.getInputStream());
    }
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(5_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
    return socket;
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\r'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Path extract() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch");
    String name =
        "redis-server-7.0.15-%s-%s"
            .formatted(
                os.contains("mac") ? "darwin" : "linux",
                arch.equals("aarch64") ? "arm64" : "amd64");
    try (InputStream in = RedisProcess.class.getResourceAsStream("/" + name)) {
      Path binary = Files.createTempFile("redis-server", "");
      binary.toFile().deleteOnExit();
      Files.write(binary, in.readAllBytes());
      if (!binary.toFile().setExecutable(true)) {
        throw new IOException("cannot make " + binary + " executable");
      }
      return binary;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
