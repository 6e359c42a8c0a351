package io.vestibule.load;

import io.vestibule.load.scrape.Scrape;
import io.vestibule.load.stage.CannotRun;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code scrape}. */
@Command(
    name = "scrape",
    header =
        "Metrics cost the same for one door and for thousands: how long a scrape of a gateway takes,"
            + " and which series it shows, with one door and with as many as it holds, each connected"
            + " over TLS with a certificate of its own.",
    footer = "It takes no --target: it starts a gateway of its own, with nothing in its metrics.")
final class ScrapeCommand implements Callable<Integer> {
  /**
   * At first what a gateway takes that may open 20,000 files, and some are left over; at most what
   * one address has of ports for connections to another, some 28,000.
   */
  private static final Sizes.Size DOORS = new Sizes.Size(19_000, 500, 2, 25_000);

  private final ScenarioRun runner;

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final RunOptions options = new RunOptions();

  @Option(
      names = "--doors",
      paramLabel = "N",
      description = "How many doors connect, 2 to 25000 (default: 19000, with --quick 500).")
  private @Nullable Integer doors;

  ScrapeCommand(ScenarioRun runner) {
    this.runner = runner;
  }

  @Override
  public Integer call() throws CannotRun {
    Sizes sizes = new Sizes(spec, options.quick());
    return runner.run("scrape", options, new Scrape(sizes.of("--doors", doors, DOORS)));
  }
}
