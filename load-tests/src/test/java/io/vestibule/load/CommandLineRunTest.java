package io.vestibule.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FilterWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandLineRunTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path home;

  @Test
  void alone_listsTheScenarios_andWhatEachProves() {
    assertThat(run()).isZero();
    assertThat(out.toString())
        .contains("unlock         Unlocks are fast, many and cheap")
        .contains("delivery-peak  A city's day does not make it stumble")
        .contains("telemetry      Telemetry yields to unlocks")
        .contains("connections    Doors are back soon")
        .contains("soak           The gateway keeps its size")
        .contains("decision       A decision costs little more than the signature check")
        .contains("revocation     What is taken back is refused at once")
        .contains("faults         Nothing is lost and nothing opened twice")
        .contains("scrape         Metrics cost the same for one door and for thousands")
        .contains("all            All of these, one after the other");
  }

  @Test
  void help_isForEachScenario() {
    assertThat(run("revocation", "--help")).isZero();
    assertThat(out.toString()).contains("--changes", "--quick", "--redis-server");
  }

  @Test
  void whatUnlocksAreComparedWith_canBeLeftAway() {
    assertThat(helpOf("unlock")).contains("--no-peer", "--no-floor", "--no-growth");
  }

  @Test
  void help_saysWhichTakeAGatewayThatRunsAlready() {
    for (String scenario : List.of("unlock", "delivery-peak", "telemetry")) {
      assertThat(helpOf(scenario)).contains("--target=", "--mqtts=", "--management=");
    }
    for (String scenario :
        List.of("connections", "soak", "decision", "revocation", "faults", "scrape")) {
      assertThat(helpOf(scenario)).doesNotContain("--mqtts").contains("It takes no --target: ");
    }
  }

  private String helpOf(String scenario) {
    out.getBuffer().setLength(0);
    assertThat(run(scenario, "--help")).isZero();
    return out.toString();
  }

  @Test
  void anUnknownScenario_isOneLine_andWrongUsage() {
    assertThat(run("weather")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "load-tests: Unmatched argument at index 0: 'weather'; see load-tests/run --help");
  }

  @Test
  void anUnknownOption_isWrongUsage() {
    assertThat(run("decision", "--fast")).isEqualTo(2);
    assertThat(err.toString()).contains("'--fast'", "see load-tests/run decision --help");
  }

  @Test
  void aCountOutOfRange_isWrongUsage_andSaysTheRange() {
    assertThat(run("revocation", "--changes", "0")).isEqualTo(2);
    assertThat(run("revocation", "--changes", "100001")).isEqualTo(2);
    assertThat(run("revocation", "--changes", "many")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--changes must be from 1 to 100000, not 0")
        .contains("'many' is not an int");
  }

  @Test
  void whatARunOfFaultsIsMadeOf_isWithinRanges() {
    assertThat(run("faults", "--minutes", "0")).isEqualTo(2);
    assertThat(run("faults", "--doors", "1")).isEqualTo(2);
    assertThat(run("faults", "--rate", "1001")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--minutes must be from 1 to 1440, not 0")
        .contains("--doors must be from 2 to 500, not 1")
        .contains("--rate must be from 1 to 1000, not 1001");
  }

  @Test
  void theDoorsOfAScrape_areWithinARange() {
    assertThat(run("scrape", "--doors", "1")).isEqualTo(2);
    assertThat(run("scrape", "--doors", "25001")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--doors must be from 2 to 25000, not 1")
        .contains("--doors must be from 2 to 25000, not 25001");
  }

  @Test
  void whatALoadIsMadeOf_isWithinRanges() {
    assertThat(run("unlock", "--doors", "19")).isEqualTo(2);
    assertThat(run("unlock", "--rate", "20001")).isEqualTo(2);
    assertThat(run("soak", "--minutes", "0")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--doors must be from 20 to 25000, not 19")
        .contains("--rate must be from 10 to 20000, not 20001")
        .contains("--minutes must be from 1 to 600, not 0");
  }

  @Test
  void aRunThatCannotBeMade_isOneLine_andAnExitCodeOfItsOwn() throws Exception {
    Path results = home.resolve("results");

    int exit = run("revocation", "--quick", "--results", results.toString());

    assertThat(exit).isEqualTo(3);
    assertThat(err.toString()).contains("load-tests: build-gateway failed");
    assertThat(results).doesNotExist();
  }

  @Test
  void aBugThatIsAnError_isNoMissedBound() {
    Writer broken =
        new FilterWriter(out) {
          @Override
          public void write(String text, int from, int length) {
            throw new AssertionError("a bug");
          }
        };

    int exit = new CommandLineRun(home, new PrintWriter(broken), new PrintWriter(err)).run();

    assertThat(exit).isEqualTo(ExitCode.CANNOT_RUN);
    assertThat(err.toString()).contains("this is a bug in the load tests", "AssertionError: a bug");
  }

  private int run(String... args) {
    return new CommandLineRun(
            home.resolve("load-tests"), new PrintWriter(out, true), new PrintWriter(err, true))
        .run(args);
  }
}
