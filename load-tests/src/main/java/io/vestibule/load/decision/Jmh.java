package io.vestibule.load.decision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.load.stage.CannotRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs benchmarks, each in a JVM of its own, and reads what JMH wrote of them. */
final class Jmh {
  private final Bench bench;
  private final Path work;
  private final Effort effort;

  /** How long each benchmark warms up and is measured, in whole iterations. */
  record Effort(int warmUps, int iterations, String iterationTime) {}

  Jmh(Bench bench, Path work, Effort effort) {
    this.bench = bench;
    this.work = work;
    this.effort = effort;
  }

  /** The benchmarks that the pattern finds, with these parameters instead of their own. */
  Results run(String name, String pattern, Map<String, String> params) throws CannotRun {
    Path file = work.resolve(name + ".json");
    List<String> arguments = new ArrayList<>(List.of(pattern, "-f", "1", "-prof", "gc"));
    arguments.addAll(List.of("-wi", "" + effort.warmUps(), "-i", "" + effort.iterations()));
    arguments.addAll(List.of("-w", effort.iterationTime(), "-r", effort.iterationTime()));
    arguments.addAll(List.of("-foe", "true", "-rf", "json", "-rff", file.toString()));
    params.forEach((param, value) -> arguments.addAll(List.of("-p", param + "=" + value)));
    bench.run(name, "org.openjdk.jmh.Main", arguments);
    try {
      List<JmhResult> results = new ArrayList<>();
      for (JsonNode result : new ObjectMapper().readTree(file.toFile())) {
        results.add(JmhResult.read(result));
      }
      return new Results(results);
    } catch (IOException e) {
      throw new CannotRun("cannot read what JMH wrote to " + file, e);
    }
  }

  /** What one run found. */
  record Results(List<JmhResult> all) {
    JmhResult of(String benchmark, Map<String, String> params) throws CannotRun {
      return all.stream()
          .filter(result -> result.benchmark().equals(benchmark))
          .filter(result -> result.params().entrySet().containsAll(params.entrySet()))
          .findFirst()
          .orElseThrow(() -> new CannotRun("JMH has no result of " + benchmark + " " + params));
    }
  }
}
