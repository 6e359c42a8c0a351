package io.vestibule.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code demo} as a process of its own, which plays until it is closed or its time is over. */
public final class DemoProcess implements AutoCloseable {
  private static final Pattern METRICS = Pattern.compile("(?m)^metrics: (\\S+)$");
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final long END_LIMIT_SECONDS = 20;

  private final Process process;
  private final Path log;

  private DemoProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  public static DemoProcess start(int doorCount, Duration length) throws IOException {
    Path log = Files.createTempFile("demo", ".log");
    String[] arguments = {
      "demo", "--doors", String.valueOf(doorCount), "--seconds", String.valueOf(length.toSeconds())
    };
    Process process =
        new Jar(Jdk.found().get(0))
            .builder(Map.of(), arguments)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new DemoProcess(process, log);
  }

  /** Waits until it says where its metrics are. */
  public URI metrics() {
    return await()
        .atMost(START_LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .failFast(() -> assertThat(process.isAlive()).as(said()).isTrue())
        .until(this::address, Optional::isPresent)
        .orElseThrow();
  }

  private Optional<URI> address() throws IOException {
    Matcher line = METRICS.matcher(said());
    return line.find() ? Optional.of(URI.create(line.group(1))) : Optional.empty();
  }

  private String said() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() throws IOException {
    // On SIGTERM it ends its Redis too.
    process.destroy();
    process.onExit().completeOnTimeout(process, END_LIMIT_SECONDS, TimeUnit.SECONDS).join();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    Files.delete(log);
  }
}
