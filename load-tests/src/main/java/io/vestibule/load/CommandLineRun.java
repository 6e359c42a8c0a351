package io.vestibule.load;

import io.vestibule.load.stage.CannotRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** One run of the command line; every failure becomes one line and an exit code. */
final class CommandLineRun {
  private static final int HELP_WIDTH = 100;

  private final Path home;
  private final PrintWriter out;
  private final PrintWriter err;

  CommandLineRun(Path home, PrintWriter out, PrintWriter err) {
    this.home = home;
    this.out = out;
    this.err = err;
  }

  int run(String... args) {
    CommandLine line = new CommandLine(new LoadTestsCommand());
    ScenarioRun runner =
        new ScenarioRun(home, "load-tests/run " + String.join(" ", args), out, err);
    line.addSubcommand(new UnlockCommand(runner));
    line.addSubcommand(new DeliveryPeakCommand(runner));
    line.addSubcommand(new TelemetryCommand(runner));
    line.addSubcommand(new ConnectionsCommand(runner));
    line.addSubcommand(new SoakCommand(runner));
    line.addSubcommand(new DecisionCommand(runner));
    line.addSubcommand(new RevocationCommand(runner));
    line.addSubcommand(new FaultsCommand(runner));
    line.addSubcommand(new ScrapeCommand(runner));
    line.addSubcommand(new AllCommand(runner));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(out).setErr(err);
    line.setUsageHelpWidth(HELP_WIDTH);
    line.setParameterExceptionHandler((e, unused) -> usage(e));
    line.setExecutionExceptionHandler((e, command, unused) -> failed(e));
    try {
      return line.execute(args.length == 0 ? new String[] {"--help"} : args);
    } catch (Error e) {
      // Else the JVM ends with the code of a missed bound.
      return failed(e);
    }
  }

  private int usage(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong usage");
    err.println("load-tests: " + reason + "; see " + command + " --help");
    return ExitCode.USAGE;
  }

  private int failed(Throwable e) {
    if (e instanceof CannotRun) {
      err.println("load-tests: " + e.getMessage());
    } else {
      err.println("load-tests: this is a bug in the load tests: " + e);
      e.printStackTrace(err);
    }
    return ExitCode.CANNOT_RUN;
  }
}
