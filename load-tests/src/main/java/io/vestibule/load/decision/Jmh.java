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

  /** How often, and for how long, each benchmark warms up and is measured. */
  record Effort(int forks, int warmUps, int iterations, String iterationTime) {
    List<String> arguments() {
      return List.of(
          "-f", "" + forks,
          "-wi", "" + warmUps,
          "-i", "" + iterations,
          "-w", iterationTime,
          "-r", iterationTime);
    }
  }

  /** Which benchmarks, by a pattern, and with which parameters instead of their own. */
  record Choice(String pattern, Map<String, String> params) {
    List<String> arguments() {
      List<String> arguments = new ArrayList<>(List.of(pattern));
      params.forEach((param, value) -> arguments.addAll(List.of("-p", param + "=" + value)));
      return arguments;
    }
  }

  Jmh(Bench bench, Path work) {
    this.bench = bench;
    this.work = work;
  }

  Results run(String name, Effort effort, Choice choice) throws CannotRun {
    Path file = work.resolve(name + ".json");
    List<String> arguments = new ArrayList<>(choice.arguments());
    arguments.addAll(effort.arguments());
    arguments.addAll(List.of("-prof", "gc", "-foe", "true"));
    arguments.addAll(List.of("-rf", "json", "-rff", file.toString()));
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
