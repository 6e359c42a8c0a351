package io.vestibule.load.stage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The packed gateway, run as its users run it: by Java, and to serve with its launcher's options.
 */
public record Product(Path jar) {
  /** Environment variables that would change what is measured. */
  static final List<String> UNWANTED = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

  private static final Duration COMMAND_LIMIT = Duration.ofMinutes(2);

  /** Runs one of its commands to the end. */
  Started.Running run(Started started, String name, String... arguments) throws CannotRun {
    return started.finish(name, builder(Map.of(), arguments), COMMAND_LIMIT);
  }

  ProcessBuilder builder(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of(java()));
    if (arguments[0].equals("serve")) {
      command.add("@" + jvmOptions());
    }
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    // Only what the run sets is measured.
    builder.environment().keySet().removeIf(name -> name.startsWith("VESTIBULE_"));
    builder.environment().keySet().removeAll(UNWANTED);
    builder.environment().putAll(environment);
    return builder;
  }

  /** The file with what its launcher gives Java. */
  public Path jvmOptions() {
    return jar.resolveSibling("jvm.options");
  }

  /** The runtime that this tool itself runs on. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
