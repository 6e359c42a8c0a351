package io.vestibule.app;

import io.vertx.core.Vertx;
import io.vestibule.access.DoorId;
import io.vestibule.app.log.Logging;
import io.vestibule.app.pki.DevPki;
import io.vestibule.app.pki.PkiFailed;
import io.vestibule.app.pki.PkiFiles;
import io.vestibule.config.Config;
import io.vestibule.config.ConfigFaults;
import io.vestibule.config.ConfigReader;
import io.vestibule.config.Key;
import io.vestibule.config.Rate;
import io.vestibule.demo.DemoOptions;
import io.vestibule.demo.DemoPlay;
import io.vestibule.demo.Stage;
import io.vestibule.demo.Terminal;
import io.vestibule.json.Json;
import io.vestibule.signing.Signer;
import io.vestibule.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Everything on one machine: sets the stage, plays on it, and clears it away. */
final class DemoProgram implements Programs.Demo {
  private static final Duration TOKEN_LIFE = Duration.ofHours(12);
  // For setting the stage, and for what was begun at the end.
  private static final Duration OVERTIME = Duration.ofMinutes(1);
  private static final Map<String, String> LOOPBACK_AND_FREE_PORTS =
      Map.of(
          "VESTIBULE_HTTP_HOST", "127.0.0.1",
          "VESTIBULE_HTTP_PORT", "0",
          "VESTIBULE_MQTT_HOST", "127.0.0.1",
          "VESTIBULE_MQTT_TLS_PORT", "0",
          "VESTIBULE_MANAGEMENT_HOST", "127.0.0.1");

  private final Terminal terminal;
  private final Map<String, String> environment;

  /** Of the environment only what bears on the log counts. */
  DemoProgram(Terminal terminal, Map<String, String> environment) {
    this.terminal = terminal;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public int run(DemoRun run) throws CommandFailed {
    DemoOptions options = run.play();
    terminal.print(
        List.of("Starting Redis, PKI, gateway and " + options.doorCount() + " doors", ""));
    Path dir = directory();
    PkiFiles pki = pki(dir, options.doorCount());
    Config config = config(pki, run.managementPort());
    Logging.apply(config.log());
    Gateway gateway = Gateway.start(config);
    Thread ending = new Thread(() -> end(gateway, dir), "end-demo");
    Runtime.getRuntime().addShutdownHook(ending);
    try {
      gateway.awaitReady();
      Stage stage = stage(gateway, config, pki);
      terminal.print(
          List.of(
              "metrics: " + stage.management() + "/metrics",
              "health: " + stage.management() + "/health",
              ""));
      boolean asExpected = play(run, stage);
      if (!run.exit()) {
        terminal.print(List.of("", "The gateway stays up. Ctrl+C ends it."));
        new CountDownLatch(1).await();
      }
      return asExpected ? ExitCode.OK : ExitCode.FAILURE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILURE;
    } finally {
      // Before the JVM's other hooks, one of which ends Redis. After Ctrl+C they run already.
      if (!ending.isAlive()) {
        Runtime.getRuntime().removeShutdownHook(ending);
        end(gateway, dir);
      }
    }
  }

  private boolean play(DemoRun run, Stage stage) throws CommandFailed {
    DemoPlay play = new DemoPlay(Vertx.vertx(), stage, run.play(), terminal);
    boolean asExpected = Blocking.await(play.run(), run.play().length().plus(OVERTIME));
    if (run.exit()) {
      Blocking.quietly("doors", play.close());
    } else {
      terminal.print(play.whereNext());
    }
    return asExpected;
  }

  private static Stage stage(Gateway gateway, Config config, PkiFiles pki) throws CommandFailed {
    Gateway.Ports ports = gateway.ports();
    Signer issuer = KeyFile.read(pki.authKey());
    return new Stage(
        URI.create("http://127.0.0.1:" + ports.http()),
        URI.create("http://127.0.0.1:" + ports.management()),
        new io.vestibule.client.Gateway("127.0.0.1", ports.mqtts()),
        pki.dir(),
        (tenant, scope) -> token(issuer, tenant, scope),
        ratePerMinute(config.unlock().ratePerDoor()));
  }

  private static int ratePerMinute(Rate rate) {
    return (int) (rate.countMax() * Duration.ofMinutes(1).toMillis() / rate.per().toMillis());
  }

  private static String token(Signer issuer, String tenant, String scope) {
    long issuedAt = Time.system().now().getEpochSecond();
    return issuer.sign(
        "JWT",
        Json.object()
            .put("iss", DevPki.ISSUER)
            .put("aud", DevPki.AUDIENCE)
            .put("iat", issuedAt)
            .put("exp", issuedAt + TOKEN_LIFE.toSeconds())
            .put("tenant", tenant)
            .put("scope", scope));
  }

  private Config config(PkiFiles pki, int managementPort) throws CommandFailed {
    Map<String, String> settings = new HashMap<>(LOOPBACK_AND_FREE_PORTS);
    for (Key key : List.of(Key.LOG_FORMAT, Key.LOG_LEVEL)) {
      Optional.ofNullable(environment.get(key.environment()))
          .ifPresent(value -> settings.put(key.environment(), value));
    }
    settings.put(Key.MANAGEMENT_PORT.environment(), String.valueOf(managementPort));
    try {
      return new ConfigReader(settings, () -> "demo").read(Optional.of(pki.config()));
    } catch (ConfigFaults e) {
      throw new CommandFailed("demo: its own configuration is refused: " + e.faults());
    }
  }

  private static PkiFiles pki(Path dir, int doorCount) throws CommandFailed {
    List<DoorId> doors =
        IntStream.rangeClosed(1, doorCount).mapToObj(n -> new DoorId("door-" + n)).toList();
    try {
      DevPki.create(dir, doors);
      return new PkiFiles(dir);
    } catch (PkiFailed e) {
      throw new CommandFailed("demo: " + e.getMessage());
    }
  }

  private static Path directory() throws CommandFailed {
    try {
      return Files.createTempDirectory("vestibule-demo");
    } catch (IOException e) {
      throw new CommandFailed("demo: no temporary directory: " + e.getMessage());
    }
  }

  private static void end(Gateway gateway, Path dir) {
    gateway.close();
    try (Stream<Path> files = Files.walk(dir)) {
      files.sorted(Comparator.reverseOrder()).forEach(DemoProgram::delete);
    } catch (IOException | UncheckedIOException e) {
      // Keys of a gateway that is gone are of no use to anybody.
    }
    Logging.end();
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
