package io.vestibule.app;

import io.vestibule.demo.DemoOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: everything on one machine. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Plays a working day on this machine with nothing installed.",
      "Starts an embedded Redis, a development PKI, the gateway, doors and couriers, and",
      "shows in the terminal what happens. The line that begins with \"metrics:\" is the",
      "address for Prometheus."
    },
    footer = {
      "",
      "VESTIBULE_LOG_LEVEL and VESTIBULE_LOG_FORMAT count here as they do for serve.",
      "",
      "Example:",
      "  java -jar target/vestibule.jar demo --doors 50 --seconds 20 --exit"
    })
final class DemoCommand implements Callable<Integer> {
  private final Programs.Demo program;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--doors",
      paramLabel = "N",
      defaultValue = "" + DemoOptions.DOOR_COUNT_DEFAULT,
      description =
          "Simulated doors, at most 2000; the play takes 12 at the least (default: ${DEFAULT-VALUE}).")
  private int doorCount;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "" + DemoOptions.SECONDS_DEFAULT,
      description =
          "How long ordinary deliveries go on, 1 to 3600; scenes may take longer (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--management-port",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Port of metrics and health on the loopback, 1 to 65535; 0 takes any that is free (default: ${DEFAULT-VALUE}).")
  private int managementPort;

  @Option(
      names = "--exit",
      description = "End after the play: 0 only if every outcome was the expected one.")
  private boolean exit;

  DemoCommand(Programs.Demo program) {
    this.program = program;
  }

  @Override
  public Integer call() throws CommandFailed {
    return program.run(run());
  }

  private DemoRun run() {
    try {
      return new DemoRun(
          new DemoOptions(doorCount, Duration.ofSeconds(seconds)), managementPort, exit);
    } catch (IllegalArgumentException e) {
      throw CommandRange.wrong(spec, String.valueOf(e.getMessage()));
    }
  }
}
