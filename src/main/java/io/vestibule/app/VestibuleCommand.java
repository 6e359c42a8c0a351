package io.vestibule.app;

import picocli.CommandLine.Command;

/** The top of the command line: names its commands, does nothing itself. */
@Command(
    name = "vestibule",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Opens apartment-building doors for couriers, by signed request.",
    footer = {
      "",
      "Try it on this machine, with nothing installed:",
      "  java -jar target/vestibule.jar demo",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 78 configuration refused."
    })
final class VestibuleCommand {}
