package io.vestibule.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A packed jar, run on one Java runtime with these flags of the JVM. */
public record Jar(Jdk jdk, List<String> flags, Path file) {
  static final Path FILE = Path.of(System.getProperty("vestibule.jar", "target/vestibule.jar"));

  /** The one that was just built. */
  public Jar(Jdk jdk, List<String> flags) {
    this(jdk, flags, FILE);
  }

  /** As a user would run it: with no flag. */
  public Jar(Jdk jdk) {
    this(jdk, List.of());
  }

  /**
   * For tests that ask what it does and not how the JVM starts it: in a third of the processor's
   * time, of which a test's few seconds are mostly start.
   */
  public static Jar quick(Jdk jdk) throws IOException, InterruptedException {
    Jar plain = new Jar(jdk, List.of("-XX:TieredStopAtLevel=1"));
    return plain.with("-XX:SharedArchiveFile=" + ClassArchive.of(plain));
  }

  Jar with(String flag) {
    List<String> more = new ArrayList<>(flags);
    more.add(flag);
    return new Jar(jdk, List.copyOf(more), file);
  }

  /** What a finished command said. */
  public record Ended(int exit, String out, String err) {}

  /** Runs a command to its end, within the limit. */
  public Ended run(Duration limit, String... arguments) throws IOException, InterruptedException {
    return run(limit, Map.of(), arguments);
  }

  /** As the other, with more in its environment. */
  public Ended run(Duration limit, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("vestibule", ".out");
    Path err = Files.createTempFile("vestibule", ".err");
    Process process =
        builder(environment, arguments)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    process.getOutputStream().close();
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running after " + limit + ": " + Files.readString(err));
    }
    return new Ended(process.exitValue(), text(out), text(err));
  }

  /** Not yet started; settings come from the map alone. */
  public ProcessBuilder builder(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
    command.addAll(flags);
    command.addAll(List.of("-jar", file.toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("VESTIBULE_"));
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    builder.environment().putAll(environment);
    return builder;
  }

  private static String text(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    Files.delete(file);
    return text;
  }
}
