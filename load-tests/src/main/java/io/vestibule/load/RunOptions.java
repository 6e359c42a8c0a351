package io.vestibule.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every scenario has. */
final class RunOptions {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  boolean help;

  @Option(
      names = "--quick",
      description =
          "A short run, to see that all works: bounds on times are shown and not judged, and nothing"
              + " goes to load-tests/results.")
  private boolean quick;

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "Where the report goes (default: load-tests/results).")
  private @Nullable Path results;

  @Option(
      names = "--redis-server",
      paramLabel = "PATH",
      description =
          "The Redis to start (default: redis-server from the PATH where that is version 7 or later,"
              + " else one that comes along).")
  private @Nullable Path redisServer;

  /** The same, to be said to another scenario. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    if (quick) {
      arguments.add("--quick");
    }
    if (results != null) {
      arguments.addAll(List.of("--results", results.toString()));
    }
    if (redisServer != null) {
      arguments.addAll(List.of("--redis-server", redisServer.toString()));
    }
    return arguments;
  }

  boolean quick() {
    return quick;
  }

  /** For how long this machine is watched with nothing on it, before a scenario begins. */
  Duration watch() {
    return Duration.ofMillis(quick ? 500 : 2_000);
  }

  Path results(Path home) {
    if (results != null) {
      return results;
    }
    return home.resolve(quick ? "target/results" : "results");
  }

  Optional<Path> redisServer() {
    return Optional.ofNullable(redisServer);
  }
}
