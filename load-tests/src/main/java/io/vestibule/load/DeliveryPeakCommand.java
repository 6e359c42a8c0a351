package io.vestibule.load;

import io.vestibule.load.delivery.DeliveryPeak;
import io.vestibule.load.stage.CannotRun;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code delivery-peak}. */
@Command(
    name = "delivery-peak",
    header =
        "A city's day does not make it stumble: deliveries by the hour, from next to none at night to"
            + " the noon peak and the evening's, a day in minutes; latency and failures by part of it.")
final class DeliveryPeakCommand implements Callable<Integer> {
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration WARM_UP_QUICK = Duration.ofSeconds(2);

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
      names = "--peak",
      paramLabel = "N",
      description = "Unlocks a second at the peak, 10 to 20000 (default: 2000, with --quick 100).")
  private @Nullable Integer peak;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long the day lasts, 10 to 3600 (default: 240, with --quick 30).")
  private @Nullable Integer seconds;

  DeliveryPeakCommand(ScenarioRun runner) {
    this.runner = runner;
  }

  @Override
  public Integer call() throws CannotRun {
    Sizes sizes = new Sizes(spec, options.quick());
    DeliveryPeak.Plan plan =
        new DeliveryPeak.Plan(
            sizes.of("--doors", doors, new Sizes.Size(10_000, 200, 20, 25_000)),
            sizes.of("--peak", peak, new Sizes.Size(2_000, 100, 10, 20_000)),
            Duration.ofSeconds(sizes.of("--seconds", seconds, new Sizes.Size(240, 30, 10, 3_600))),
            options.quick() ? WARM_UP_QUICK : WARM_UP,
            target.target());
    return runner.run("delivery-peak", options, new DeliveryPeak(plan));
  }
}
