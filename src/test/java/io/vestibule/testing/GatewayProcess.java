package io.vestibule.testing;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code serve} as a process of its own, on ports that the system chose. */
public final class GatewayProcess implements AutoCloseable {
  /** On the loopback, on ports that the system chooses. */
  public static final Map<String, String> ANY_PORT =
      Map.of(
          "VESTIBULE_HTTP_HOST", "127.0.0.1",
          "VESTIBULE_HTTP_PORT", "0",
          "VESTIBULE_MQTT_HOST", "127.0.0.1",
          "VESTIBULE_MQTT_TLS_PORT", "0",
          "VESTIBULE_MANAGEMENT_HOST", "127.0.0.1",
          "VESTIBULE_MANAGEMENT_PORT", "0");

  private static final Pattern READY = Pattern.compile("(?m)^vestibule ready (.*)$");
  private static final Pattern PORT = Pattern.compile("(\\w+)=(\\d+)");

  private final Process process;
  private final Path out;
  private final Optional<Path> err;

  private GatewayProcess(Process process, Path out, Optional<Path> err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts it; the environment's settings win over the file's. */
  public static GatewayProcess start(Jar jar, Path config, Map<String, String> settings) {
    try {
      Path err = Files.createTempFile("serve", ".err");
      return launch(jar, config, settings, ProcessBuilder.Redirect.to(err.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@link #start}, with a log that goes to a pipe which nobody reads. */
  public static GatewayProcess startUnread(Jar jar, Path config, Map<String, String> settings) {
    try {
      return launch(jar, config, settings, ProcessBuilder.Redirect.PIPE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the builder says, which must lead to {@code serve}. */
  public static GatewayProcess start(ProcessBuilder builder) throws IOException {
    Path err = Files.createTempFile("serve", ".err");
    return launch(builder, ProcessBuilder.Redirect.to(err.toFile()));
  }

  private static GatewayProcess launch(
      Jar jar, Path config, Map<String, String> settings, ProcessBuilder.Redirect log)
      throws IOException {
    Map<String, String> environment = new HashMap<>(ANY_PORT);
    environment.putAll(settings);
    return launch(jar.builder(environment, "serve", "--config", config.toString()), log);
  }

  private static GatewayProcess launch(ProcessBuilder builder, ProcessBuilder.Redirect log)
      throws IOException {
    Path out = Files.createTempFile("serve", ".out");
    Process process = builder.redirectOutput(out.toFile()).redirectError(log).start();
    return new GatewayProcess(process, out, Optional.ofNullable(log.file()).map(File::toPath));
  }

  /** Waits for the ready line. */
  public GatewayProcess ready() {
    await()
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(50))
        .failFast("the gateway ended before it was ready", () -> !process.isAlive())
        .until(() -> readyLine().isPresent());
    return this;
  }

  /** The port of http, https, mqtts, mqtt or management. */
  public int port(String name) {
    Matcher port = PORT.matcher(readyLine().orElseThrow());
    while (port.find()) {
      if (port.group(1).equals(name)) {
        return Integer.parseInt(port.group(2));
      }
    }
    throw new AssertionError("no port " + name + " in " + readyLine());
  }

  public String out() {
    return text(out);
  }

  public String err() {
    return text(err.orElseThrow());
  }

  public boolean alive() {
    return process.isAlive();
  }

  /** SIGTERM, and the exit code once it has drained. */
  public int terminate(Duration limit) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError(
          "still running " + limit + " after SIGTERM: " + err.map(GatewayProcess::text));
    }
    return process.exitValue();
  }

  /** The exit code of a gateway that ends by itself. */
  public int ended(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still running after " + limit + ": " + err());
    }
    return process.exitValue();
  }

  /** SIGKILL. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
    out.toFile().deleteOnExit();
    err.ifPresent(file -> file.toFile().deleteOnExit());
  }

  private Optional<String> readyLine() {
    Matcher ready = READY.matcher(out());
    return ready.find() ? Optional.of(ready.group(1)) : Optional.empty();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
