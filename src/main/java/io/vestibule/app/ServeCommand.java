package io.vestibule.app;

import io.vestibule.config.Config;
import io.vestibule.config.ConfigFaults;
import io.vestibule.config.ConfigReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serve}: reads the configuration and runs the gateway. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Runs the gateway: HTTP for couriers and carriers, MQTT for doors.",
      "Prints a line on stdout once it accepts traffic; SIGTERM finishes what is under way and ends."
    },
    footer = {
      "",
      "Each key may also stand in the environment, which wins: http.port is VESTIBULE_HTTP_PORT.",
      "A refused configuration is told fault by fault on stderr; exit code 78.",
      "",
      "Example:",
      "  java -jar target/vestibule.jar pki dev",
      "  java -jar target/vestibule.jar serve --config dev/vestibule.yaml"
    })
final class ServeCommand implements Callable<Integer> {
  private final Programs.Serve program;
  private final Map<String, String> environment;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration, YAML; all keys are in docs/CONFIG.md.")
  private @Nullable Path file;

  ServeCommand(Programs.Serve program, Map<String, String> environment) {
    this.program = program;
    this.environment = environment;
  }

  @Override
  public Integer call() throws ConfigFaults, CommandFailed {
    Config config =
        new ConfigReader(environment, ConfigReader::machineName).read(Optional.ofNullable(file));
    return program.run(config);
  }
}
