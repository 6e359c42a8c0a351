package io.vestibule.load;

import io.vestibule.load.soak.Soak;
import io.vestibule.load.stage.CannotRun;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code soak}. */
@Command(
    name = "soak",
    header =
        "The gateway keeps its size: half an hour of unlocks while doors come and go; heap and direct"
            + " memory after collections, resident memory and open files over time.",
    footer =
        "It takes no --target: it has the gateway collect its garbage, which must be of its own.")
final class SoakCommand implements Callable<Integer> {
  /** Of the doors, in a minute. */
  private static final double CHURN = 0.05;

  /** Longer than requests are signed ahead for. */
  private static final Duration QUICK = Duration.ofSeconds(24);

  private final ScenarioRun runner;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final RunOptions options = new RunOptions();

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
      names = "--minutes",
      paramLabel = "N",
      description = "How long, 1 to 600 (default: 30; --quick takes 24 s).")
  private @Nullable Integer minutes;

  SoakCommand(ScenarioRun runner) {
    this.runner = runner;
  }

  @Override
  public Integer call() throws CannotRun {
    Sizes sizes = new Sizes(spec, options.quick());
    boolean brief = options.quick() && minutes == null;
    int lasting = sizes.of("--minutes", minutes, new Sizes.Size(30, 1, 1, 600));
    Soak.Plan plan =
        new Soak.Plan(
            sizes.of("--doors", doors, new Sizes.Size(10_000, 200, 20, 25_000)),
            sizes.of("--rate", rate, new Sizes.Size(500, 50, 10, 20_000)),
            brief ? QUICK : Duration.ofMinutes(lasting),
            CHURN,
            Duration.ofSeconds(brief ? 3 : 60),
            Duration.ofSeconds(options.quick() ? 2 : 60));
    return runner.run("soak", options, new Soak(plan));
  }
}
