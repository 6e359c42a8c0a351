package io.vestibule.load;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.telemetry.Telemetry;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code telemetry}. */
@Command(
    name = "telemetry",
    header =
        "Telemetry yields to unlocks: their latency beside none and beside up to 20,000 messages a"
            + " second, what a message costs, and that the gateway counts each one.")
final class TelemetryCommand implements Callable<Integer> {
  private final ScenarioRun runner;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final RunOptions options = new RunOptions();
  @Mixin private final TargetOptions target = new TargetOptions();

  @Option(
      names = "--doors",
      paramLabel = "N",
      description = "How many doors, 20 to 25000 (default: 10000, with --quick 200).")
  private @Nullable Integer doors;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Unlocks a second, 10 to 20000 (default: 500, with --quick 50).")
  private @Nullable Integer rate;

  @Option(
      names = "--messages",
      paramLabel = "N",
      description = "Messages a second at most, 8 to 100000 (default: 20000, with --quick 1000).")
  private @Nullable Integer messages;

  TelemetryCommand(ScenarioRun runner) {
    this.runner = runner;
  }

  @Override
  public Integer call() throws CannotRun {
    Sizes sizes = new Sizes(spec, options.quick());
    Telemetry.Plan plan =
        new Telemetry.Plan(
            sizes.of("--doors", doors, new Sizes.Size(10_000, 200, 20, 25_000)),
            sizes.of("--rate", rate, new Sizes.Size(500, 50, 10, 20_000)),
            sizes.of("--messages", messages, new Sizes.Size(20_000, 1_000, 8, 100_000)),
            Duration.ofSeconds(options.quick() ? 3 : 20),
            Duration.ofSeconds(options.quick() ? 2 : 20),
            target.target());
    return runner.run("telemetry", options, new Telemetry(plan));
  }
}
