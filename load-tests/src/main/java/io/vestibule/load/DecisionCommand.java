package io.vestibule.load;

import io.vestibule.load.decision.Decision;
import io.vestibule.load.stage.CannotRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code decision}. */
@Command(
    name = "decision",
    header =
        "A decision costs little more than the signature check that it cannot avoid: time and"
            + " allocation of the policy, of a whole decision beside the bare check, of a cache hit;"
            + " what is kept in memory; what a cold decision asks of Redis.",
    footer = "It takes no --target: it measures parts of a gateway in processes of its own.")
final class DecisionCommand implements Callable<Integer> {
  private final ScenarioRun runner;

  @Mixin private final RunOptions options = new RunOptions();

  DecisionCommand(ScenarioRun runner) {
    this.runner = runner;
  }

  @Override
  public Integer call() throws CannotRun {
    return runner.run("decision", options, new Decision(options.quick()));
  }
}
