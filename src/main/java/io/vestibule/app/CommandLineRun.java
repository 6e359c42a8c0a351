package io.vestibule.app;

import io.vestibule.config.ConfigFault;
import io.vestibule.config.ConfigFaults;
import io.vestibule.config.Durations;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** One run of the command line; every failure becomes one line and an exit code. */
final class CommandLineRun {
  private static final Logger LOG = LoggerFactory.getLogger(CommandLineRun.class);

  private final Programs programs;
  private final Map<String, String> environment;

  CommandLineRun(Programs programs, Map<String, String> environment) {
    this.programs = programs;
    this.environment = Map.copyOf(environment);
  }

  int run(String[] args, PrintWriter out, PrintWriter err) {
    CommandLine line = new CommandLine(new VestibuleCommand());
    line.addSubcommand(new ServeCommand(programs.serve(), environment));
    line.addSubcommand(new HealthCommand(environment));
    line.addSubcommand(new DemoCommand(programs.demo()));
    line.addSubcommand(new DoorsCommand(programs.doors()));
    line.addSubcommand(new PkiCommand());
    line.addSubcommand(new TokenCommand(environment));
    line.addSubcommand(new RequestCommand());
    line.registerConverter(Duration.class, CommandLineRun::duration);
    line.setOut(out).setErr(err);
    line.setUsageHelpAutoWidth(false);
    line.setParameterExceptionHandler((e, unused) -> usage(e, err));
    line.setExecutionExceptionHandler((e, command, unused) -> failed(e, err));
    return line.execute(args.length == 0 ? new String[] {"--help"} : args);
  }

  private static int usage(ParameterException e, PrintWriter err) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong usage");
    err.println("vestibule: " + reason + "; see " + command + " --help");
    return ExitCode.USAGE;
  }

  private static int failed(Exception e, PrintWriter err) {
    if (e instanceof ConfigFaults faults) {
      for (ConfigFault fault : faults.faults()) {
        err.println("vestibule: " + fault);
      }
      return ExitCode.CONFIGURATION;
    }
    if (e instanceof CommandFailed) {
      err.println("vestibule: " + e.getMessage());
      return ExitCode.FAILURE;
    }
    LOG.debug("a command ended by a bug", e);
    err.println("vestibule: this is a bug, please report it: " + e);
    return ExitCode.FAILURE;
  }

  private static Duration duration(String text) {
    return Durations.parse(text)
        .orElseThrow(() -> new TypeConversionException("expected a duration such as 60s or 1h"));
  }
}
