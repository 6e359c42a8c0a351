package io.vestibule.app;

import io.vestibule.config.ConfigFaults;
import io.vestibule.config.ConfigReader;
import io.vestibule.config.ManagementConfig;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code health}: asks the gateway that runs beside it, where there is neither curl nor shell. */
@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Asks the gateway on this machine whether it is alive; exit code 0 if so, else 1.",
      "For a container's health check. Where something can ask over HTTP, let it: docs/HEALTH.md."
    },
    footer = {
      "",
      "The management port is found as serve finds it, in the file and the environment.",
      "",
      "Example:",
      "  java -jar target/vestibule.jar health --config dev/vestibule.yaml"
    })
final class HealthCommand implements Callable<Integer> {
  /**
   * Each for the connection and for the answer; both together are less than a check's usual 5 s.
   */
  private static final int TIMEOUT_MS = 2_000;

  private static final Set<String> ANY_ADDRESS = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration that the gateway was started with.")
  private @Nullable Path file;

  @Option(
      names = "--ready",
      description = "Ask whether it takes traffic instead, which a gateway that drains does not.")
  private boolean ready;

  HealthCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws ConfigFaults, CommandFailed {
    ManagementConfig management =
        new ConfigReader(environment, ConfigReader::machineName)
            .readManagement(Optional.ofNullable(file));
    URI asked = address(management, ready ? "/health/ready" : "/health/live");
    int status = status(asked);
    if (status != HttpURLConnection.HTTP_OK) {
      throw new CommandFailed(asked + " answers " + status);
    }
    Objects.requireNonNull(spec).commandLine().getOut().println(asked + " answers " + status);
    return ExitCode.OK;
  }

  private static URI address(ManagementConfig management, String path) throws CommandFailed {
    try {
      return new URI(
          "http", null, reachable(management.host()), management.port(), path, null, null);
    } catch (URISyntaxException e) {
      throw new CommandFailed("management.host " + management.host() + " cannot be asked");
    }
  }

  /** What listens on all addresses is asked over the loopback. */
  private static String reachable(String host) {
    return ANY_ADDRESS.contains(host) ? "127.0.0.1" : host;
  }

  private static int status(URI asked) throws CommandFailed {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) asked.toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(TIMEOUT_MS);
      connection.setReadTimeout(TIMEOUT_MS);
      return connection.getResponseCode();
    } catch (IOException e) {
      throw new CommandFailed("no answer from " + asked + " (" + e.getMessage() + ")");
    }
  }
}
