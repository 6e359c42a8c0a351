package io.vestibule.load;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code all}: every scenario in turn; one that cannot be run does not hide the others. */
@Command(
    name = AllCommand.NAME,
    header =
        "All of these, one after the other, each with a report of its own; ends with a line for each"
            + " and the worst of their exit codes.")
final class AllCommand implements Callable<Integer> {
  static final String NAME = "all";

  private final ScenarioRun runner;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final RunOptions options = new RunOptions();

  AllCommand(ScenarioRun runner) {
    this.runner = runner;
  }

  private record Ended(String name, int exitCode, String reason) {
    private String line(int width) {
      String verdict =
          switch (exitCode) {
            case ExitCode.OK -> "ok";
            case ExitCode.MISSED -> "missed a bound, see its report";
            default -> "could not be run: " + reason;
          };
      return "%s  %s".formatted(name + " ".repeat(width - name.length()), verdict);
    }
  }

  @Override
  public Integer call() {
    CommandLine all = Objects.requireNonNull(spec).commandLine();
    List<Ended> ended = new ArrayList<>();
    for (Map.Entry<String, CommandLine> each : all.getParent().getSubcommands().entrySet()) {
      if (!each.getKey().equals(NAME) && !runner.wasInterrupted()) {
        ended.add(run(each.getKey(), each.getValue()));
      }
    }
    print(ended, all.getOut());
    return ended.stream().mapToInt(Ended::exitCode).max().orElse(ExitCode.OK);
  }

  private Ended run(String name, CommandLine command) {
    List<String> reasons = new ArrayList<>();
    IExecutionExceptionHandler usual = command.getExecutionExceptionHandler();
    command.setExecutionExceptionHandler(
        (e, line, parsed) -> {
          reasons.add(String.valueOf(e.getMessage()));
          return usual.handleExecutionException(e, line, parsed);
        });
    int exitCode = command.execute(options.arguments().toArray(new String[0]));
    return new Ended(name, exitCode, reasons.isEmpty() ? "see above" : reasons.get(0));
  }

  private static void print(List<Ended> ended, PrintWriter out) {
    int width = ended.stream().mapToInt(each -> each.name().length()).max().orElse(0);
    ended.forEach(each -> out.println(each.line(width)));
    out.flush();
  }
}
