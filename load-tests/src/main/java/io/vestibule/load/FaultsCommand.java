package io.vestibule.load;

import io.vestibule.load.faults.FaultKind;
import io.vestibule.load.faults.Faults;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.KeptRedis;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code faults}. */
@Command(
    name = "faults",
    header =
        "Nothing is lost and nothing opened twice, whatever dies: under load gateways and Redis are"
            + " killed, stopped and drained, the lines between them cut, slowed and held, the disk"
            + " filled, at random; then doors, couriers and the audit log are compared line by line.",
    footer = "It takes no --target: it kills and stops gateways and a Redis of its own.")
final class FaultsCommand implements Callable<Integer> {
  private static final int MINUTES_MAX = 24 * 60;
  private static final int DOORS_MAX = 500;
  private static final int RATE_MAX = 1_000;
  private static final Duration QUICK = Duration.ofSeconds(20);

  private final ScenarioRun runner;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final RunOptions options = new RunOptions();

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "3",
      description = "How long things break, 1 to 1440 (default: 3; --quick takes 20 s).")
  private int minutes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Draws what breaks, and when (default: another one each time).")
  private @Nullable Long seed;

  @Option(
      names = "--doors",
      paramLabel = "N",
      defaultValue = "40",
      description = "How many doors, 2 to 500 (default: 40).")
  private int doors;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many couriers come a second, 1 to 1000 (default: 100).")
  private int rate;

  @Option(
      names = "--kinds",
      paramLabel = "KIND",
      split = ",",
      description =
          "What breaks: any of ${COMPLETION-CANDIDATES} (default: all; --quick drains no gateway).")
  private @Nullable Set<FaultKind> kinds;

  @Option(
      names = "--fsync",
      paramLabel = "WHEN",
      defaultValue = "always",
      description =
          "When Redis syncs its file, always or everysec (default: ${DEFAULT-VALUE}; with everysec a"
              + " Redis that is killed while its disk is slow forgets what it had said).")
  private KeptRedis.Fsync fsync = KeptRedis.Fsync.ALWAYS;

  FaultsCommand(ScenarioRun runner) {
    this.runner = runner;
  }

  @Override
  public Integer call() throws CannotRun {
    within("--minutes", minutes, 1, MINUTES_MAX);
    within("--doors", doors, 2, DOORS_MAX);
    within("--rate", rate, 1, RATE_MAX);
    long drawn = seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed;
    Duration lasting = options.quick() ? QUICK : Duration.ofMinutes(minutes);
    Faults.Plan plan =
        new Faults.Plan(lasting, drawn, doors, rate, kinds(), fsync, options.quick());
    return runner.run("faults", options, new Faults(plan));
  }

  /** Draining takes a gateway longer than a quick run has. */
  private Set<FaultKind> kinds() {
    if (kinds != null) {
      return kinds;
    }
    return options.quick()
        ? EnumSet.complementOf(EnumSet.of(FaultKind.GATEWAY_DRAINED))
        : EnumSet.allOf(FaultKind.class);
  }

  private void within(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          name + " must be from " + min + " to " + max + ", not " + value);
    }
  }
}
