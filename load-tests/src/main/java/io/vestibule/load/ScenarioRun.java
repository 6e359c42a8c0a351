package io.vestibule.load;

import io.vestibule.load.report.Hiccups;
import io.vestibule.load.report.Judge;
import io.vestibule.load.report.Provenance;
import io.vestibule.load.report.Report;
import io.vestibule.load.report.Result;
import io.vestibule.load.report.Standstill;
import io.vestibule.load.stage.Build;
import io.vestibule.load.stage.BusyCores;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Limited;
import io.vestibule.load.stage.Progress;
import io.vestibule.load.stage.RedisBinary;
import io.vestibule.load.stage.Scenario;
import io.vestibule.load.stage.Stage;
import io.vestibule.load.stage.Started;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Runs one scenario to its report; whatever it started ends with it. */
final class ScenarioRun {
  private final Path home;
  private final String command;
  private final PrintWriter out;
  private final Progress progress;
  private @Nullable Started latest;

  ScenarioRun(Path home, String command, PrintWriter out, PrintWriter err) {
    this.home = home;
    this.command = command;
    this.out = out;
    this.progress = new Progress(err);
  }

  /** The exit code; prints the report and writes it. */
  int run(String name, RunOptions options, Scenario scenario) throws CannotRun {
    Path work = home.resolve("target/run").resolve(name);
    try (Started started = latest(new Started(work));
        Hiccups hiccups = Hiccups.watch()) {
      Build build = new Build(home, started, progress);
      RedisBinary redis = new RedisBinary(options.redisServer(), progress);
      Stage stage = new Stage(work, build, started, progress, hiccups, redis);
      progress.say("watching this machine with all cores busy");
      Standstill standstill = BusyCores.watch(options.watch());
      // A change that is made while it runs is not in what runs.
      Provenance.Commit commit = Provenance.commit(home);
      Instant from = Instant.now();
      Result result = Limited.run(scenario, stage);
      Report.Span span = new Report.Span(from, Instant.now(), standstill, hiccups.pauses());
      Path root = home.resolve("..").normalize();
      Provenance provenance = Provenance.here(commit, started.programs(root), command);
      return finish(
          new Report(name, span, provenance, result, new Judge(options.quick())),
          options.results(home));
    }
  }

  /** The run was told to end: no other is to follow. */
  boolean wasInterrupted() {
    return latest != null && latest.wasInterrupted();
  }

  private Started latest(Started started) {
    latest = started;
    return started;
  }

  private int finish(Report report, Path results) throws CannotRun {
    out.print(report.text());
    out.flush();
    try {
      progress.say("written to " + report.write(results) + ", with .json and .txt beside it");
    } catch (IOException e) {
      throw new CannotRun("cannot write to " + results, e);
    }
    return report.ok() ? ExitCode.OK : ExitCode.MISSED;
  }
}
