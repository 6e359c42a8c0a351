package io.vestibule.load;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code load-tests/run} alone: lists the scenarios and what each proves. */
@Command(
    name = "load-tests/run",
    synopsisSubcommandLabel = "SCENARIO",
    description = {
      "Measures the gateway on this machine, with nothing installed beside JDK and Maven. Prints a"
          + " table of figures with their bounds, and writes it with machine, commit and command to"
          + " load-tests/results/DATE-SCENARIO.html, .json and .txt; the page has charts too. A run"
          + " that leaves something out takes the place of no whole one of its day: it is written to"
          + " DATE-SCENARIO-in-part.",
      ""
    },
    commandListHeading = "%nScenarios, and what each proves:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every bound was kept",
      "1:a bound was missed",
      "2:wrong usage",
      "3:the run could not be made; nothing was written of it"
    })
final class LoadTestsCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  boolean help;
}
