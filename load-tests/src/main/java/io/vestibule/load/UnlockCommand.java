package io.vestibule.load;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.unlock.Unlock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code unlock}. */
@Command(name = "unlock", header = "Unlock.")
final class UnlockCommand implements Callable<Integer> {
  private final ScenarioRun runner;

  @Mixin private final RunOptions options = new RunOptions();

  UnlockCommand(ScenarioRun runner) {
    this.runner = runner;
  }

  @Override
  public Integer call() throws CannotRun {
    return runner.run("unlock", options, new Unlock());
  }
}
