package io.vestibule.load;

import io.vestibule.load.revocation.Revocation;
import io.vestibule.load.stage.CannotRun;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code revocation}. */
@Command(
    name = "revocation",
    header =
        "What is taken back is refused at once: the time from a change sent to one gateway to the"
            + " first refusal on each of two, for couriers, keys, consent, lockdown, doors and"
            + " grants; and that none of it is honoured again.",
    footer = "It takes no --target: it starts two gateways of its own.")
final class RevocationCommand implements Callable<Integer> {
  private static final int CHANGES = 1_000;
  private static final int CHANGES_QUICK = 60;
  private static final int CHANGES_MAX = 100_000;

  /** The gateways' code is compiled by then. */
  private static final int WARM_UP = 300;

  private static final int WARM_UP_QUICK = 12;

  private final ScenarioRun runner;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final RunOptions options = new RunOptions();

  @Option(
      names = "--changes",
      paramLabel = "N",
      description = "How many changes, 1 to 100000 (default: 1000, with --quick 60).")
  private @Nullable Integer changes;

  RevocationCommand(ScenarioRun runner) {
    this.runner = runner;
  }

  @Override
  public Integer call() throws CannotRun {
    int warmUp = options.quick() ? WARM_UP_QUICK : WARM_UP;
    return runner.run("revocation", options, new Revocation(changes(), warmUp));
  }

  private int changes() {
    if (changes == null) {
      return options.quick() ? CHANGES_QUICK : CHANGES;
    }
    if (changes < 1 || changes > CHANGES_MAX) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "--changes must be from 1 to " + CHANGES_MAX + ", not " + changes);
    }
    return changes;
  }
}
