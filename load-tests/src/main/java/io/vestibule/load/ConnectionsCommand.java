package io.vestibule.load;

import io.vestibule.load.connections.Connections;
import io.vestibule.load.stage.CannotRun;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code connections}. */
@Command(
    name = "connections",
    header =
        "Doors are back soon: how long 10,000 take to connect at once over TLS, each with a certificate"
            + " of its own, at first and after their gateway was killed, and what a door takes of memory.",
    footer = "It takes no --target: it kills the gateway, which must be of its own.")
final class ConnectionsCommand implements Callable<Integer> {
  private final ScenarioRun runner;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final RunOptions options = new RunOptions();

  @Option(
      names = "--doors",
      paramLabel = "N",
      description = "How many doors, 20 to 25000 (default: 10000, with --quick 300).")
  private @Nullable Integer doors;

  ConnectionsCommand(ScenarioRun runner) {
    this.runner = runner;
  }

  @Override
  public Integer call() throws CannotRun {
    Sizes sizes = new Sizes(spec, options.quick());
    Connections.Plan plan =
        new Connections.Plan(
            sizes.of("--doors", doors, new Sizes.Size(10_000, 300, 20, 25_000)),
            Duration.ofSeconds(options.quick() ? 2 : 5),
            options.quick() ? 100 : 1_000);
    return runner.run("connections", options, new Connections(plan));
  }
}
