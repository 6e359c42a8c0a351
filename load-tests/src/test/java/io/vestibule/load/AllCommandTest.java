package io.vestibule.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.load.stage.CannotRun;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

final class AllCommandTest {
  private final StringWriter out = new StringWriter();
  private final List<String> run = new ArrayList<>();

  @TempDir private Path home;

  @Test
  void everyScenario_isRunInTurn_andTheWorstIsTheExitCode() {
    int exit =
        all(
            List.of("all"),
            named("unlock", () -> ExitCode.OK),
            named("soak", () -> ExitCode.MISSED),
            named("scrape", () -> ExitCode.OK));

    assertThat(exit).isEqualTo(ExitCode.MISSED);
    assertThat(run).containsExactly("unlock", "soak", "scrape");
    assertThat(out.toString().lines())
        .containsExactly("unlock  ok", "soak    missed a bound, see its report", "scrape  ok");
  }

  @Test
  void oneThatCannotBeRun_hidesNoOther_andSaysWhy() {
    int exit =
        all(
            List.of("all"),
            named(
                "unlock",
                () -> {
                  throw new CannotRun("raise ulimit -n");
                }),
            named(
                "soak",
                () -> {
                  throw new IllegalStateException("a bug");
                }),
            named("scrape", () -> ExitCode.MISSED));

    assertThat(exit).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(out.toString())
        .contains("unlock  could not be run: raise ulimit -n")
        .contains("soak    could not be run: a bug")
        .contains("scrape  missed a bound");
  }

  @Test
  void commonOptions_areSaidToEach() {
    Named unlock = named("unlock", () -> ExitCode.OK);
    Named soak = named("soak", () -> ExitCode.OK);

    all(List.of("all", "--quick", "--results", "there", "--redis-server", "redis"), unlock, soak);

    for (Named each : List.of(unlock, soak)) {
      assertThat(each.options.arguments())
          .containsExactly("--quick", "--results", "there", "--redis-server", "redis");
    }
  }

  @Test
  void allKept_isZero() {
    assertThat(all(List.of("all"), named("unlock", () -> ExitCode.OK))).isZero();
  }

  private Named named(String name, Callable<Integer> scenario) {
    return new Named(
        name,
        () -> {
          run.add(name);
          return scenario.call();
        });
  }

  private int all(List<String> arguments, Named... scenarios) {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    CommandLine line = new CommandLine(new LoadTestsCommand());
    for (Named scenario : scenarios) {
      line.addSubcommand(scenario.name, scenario);
    }
    line.addSubcommand(new AllCommand(new ScenarioRun(home, "all", nowhere, nowhere)));
    line.setExecutionExceptionHandler((e, unused, parsed) -> ExitCode.CANNOT_RUN);
    line.setOut(new PrintWriter(out, true)).setErr(nowhere);
    return line.execute(arguments.toArray(new String[0]));
  }

  @Command
  private static final class Named implements Callable<Integer> {
    private final String name;
    private final Callable<Integer> scenario;

    @Mixin private final RunOptions options = new RunOptions();

    Named(String name, Callable<Integer> scenario) {
      this.name = name;
      this.scenario = scenario;
    }

    @Override
    public Integer call() throws Exception {
      return scenario.call();
    }
  }
}
