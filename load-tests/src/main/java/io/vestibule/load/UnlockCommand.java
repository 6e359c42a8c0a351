package io.vestibule.load;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.unlock.Unlock;
import io.vestibule.load.unlock.UnlockPlan;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code unlock}. */
@Command(
    name = "unlock",
    header =
        "Unlocks are fast, many and cheap: latency at a steady rate over mTLS doors, the highest rate"
            + " with p99 within 10 ms, processor time, allocation and memory, beside a stack of"
            + " Mosquitto and Node, beside a program that does the input and output of an unlock and"
            + " nothing else, and with 19,000 doors and a million grants.")
final class UnlockCommand implements Callable<Integer> {
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
      description = "The steady rate a second, 10 to 20000 (default: 1000, with --quick 100).")
  private @Nullable Integer rate;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "How often each is measured, 1 to 100 (default: 5, with --quick 2).")
  private @Nullable Integer repeats;

  @Option(names = "--no-peer", description = "Leaves the comparison stack away.")
  private boolean noPeer;

  @Option(
      names = "--no-floor",
      description = "Leaves away what an unlock's input and output alone cost.")
  private boolean noFloor;

  @Option(names = "--no-growth", description = "Leaves more doors and grants away.")
  private boolean noGrowth;

  UnlockCommand(ScenarioRun runner) {
    this.runner = runner;
  }

  @Override
  public Integer call() throws CannotRun {
    Sizes sizes = new Sizes(spec, options.quick());
    UnlockPlan plan =
        new UnlockPlan(
            sizes.of("--doors", doors, new Sizes.Size(10_000, 200, 20, 25_000)),
            sizes.of("--rate", rate, new Sizes.Size(1_000, 100, 10, 20_000)),
            sizes.of("--repeats", repeats, new Sizes.Size(5, 2, 1, 100)),
            !noPeer,
            !noFloor,
            !noGrowth,
            options.quick() ? UnlockPlan.Pace.QUICK : UnlockPlan.Pace.FULL,
            target.target());
    return runner.run("unlock", options, new Unlock(plan));
  }
}
