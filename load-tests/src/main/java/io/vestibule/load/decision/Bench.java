package io.vestibule.load.decision;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Product;
import io.vestibule.load.stage.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Programs of the benchmarks' project, in processes that know the product's classes. */
record Bench(Started started, String classPath) {
  private static final Duration LIMIT = Duration.ofMinutes(30);

  /** JVM options that its forks inherit. */
  private static final List<String> JVM = List.of("-Xmx4g");

  Started.Running run(String name, String mainClass, List<String> arguments) throws CannotRun {
    return run(name, mainClass, JVM, arguments);
  }

  /** The {@code name=value} lines that it prints. */
  Properties values(String name, String mainClass, String... arguments) throws CannotRun {
    // What is used after collection is then exact.
    List<String> jvm = List.of("-XX:+UseSerialGC", "-Xmx4g");
    Started.Running ended = run(name, mainClass, jvm, List.of(arguments));
    Properties values = new Properties();
    try (var lines = Files.newBufferedReader(ended.log())) {
      values.load(lines);
    } catch (IOException e) {
      throw new CannotRun("cannot read " + ended.log(), e);
    }
    return values;
  }

  /** Not a number if it was not printed. */
  static double number(Properties values, String name) {
    return Double.parseDouble(values.getProperty(name, "NaN"));
  }

  private Started.Running run(
      String name, String mainClass, List<String> jvm, List<String> arguments) throws CannotRun {
    List<String> command = new ArrayList<>(List.of(Product.java()));
    command.addAll(jvm);
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(arguments);
    return started.finish(name, new ProcessBuilder(command), LIMIT);
  }
}
