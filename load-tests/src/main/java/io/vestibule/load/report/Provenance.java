package io.vestibule.load.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where figures come from: machine, JVM, what was run beside it, commit and command. */
public record Provenance(
    Machine machine, String jvm, List<Program> programs, Commit commit, String command) {
  private static final double BYTES_PER_GIB = 1 << 30;

  /** What it ran on. */
  public record Machine(String cpu, int cores, double memoryGib, String system) {
    private String text() {
      return String.format(
          Locale.ROOT,
          "%s, %d cores that the load shares with what it is put on, %.1f GiB, %s",
          cpu,
          cores,
          memoryGib,
          system);
    }
  }

  /** One process that was measured or stood beside, and what it was started with. */
  public record Program(String name, String command) {}

  /** What was run; dirty where the work tree differs from it. */
  public record Commit(String id, boolean dirty) {
    private String text() {
      return id + (dirty ? " with changes that are not committed" : "");
    }
  }

  /** Of the repository that holds the directory, as it is now. */
  public static Commit commit(Path directory) {
    return Repository.of(directory).commit();
  }

  /** Of this process and its machine. */
  public static Provenance here(Commit commit, List<Program> programs, String command) {
    return new Provenance(thisMachine(), thisJvm(), List.copyOf(programs), commit, command);
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("command", command);
    json.putObject("commit").put("id", commit.id()).put("dirty", commit.dirty());
    json.putObject("machine")
        .put("cpu", machine.cpu())
        .put("cores", machine.cores())
        .put("coresSharedWithLoad", true)
        .put("memoryGib", Math.round(machine.memoryGib() * 10) / 10.0)
        .put("system", machine.system());
    json.put("jvm", jvm);
    for (Program program : programs) {
      json.withArray("programs")
          .addObject()
          .put("name", program.name())
          .put("command", program.command());
    }
    return json;
  }

  /** Value by name, in order, for people. */
  Map<String, String> described() {
    Map<String, String> described = new LinkedHashMap<>();
    described.put("Command", command);
    described.put("Commit", commit.text());
    described.put("Machine", machine.text());
    described.put("JVM of the load", jvm);
    programs.forEach(program -> described.put("Process " + program.name(), program.command()));
    return described;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append("%s%n%s; %s%n".formatted(command, machine.text(), jvm));
    programs.forEach(
        program -> text.append("%s: %s%n".formatted(program.name(), program.command())));
    return text.append("commit %s%n".formatted(commit.text())).toString();
  }

  private static Machine thisMachine() {
    return new Machine(
        cpu().orElseGet(() -> System.getProperty("os.arch", "unknown")),
        Runtime.getRuntime().availableProcessors(),
        memoryBytes() / BYTES_PER_GIB,
        System.getProperty("os.name") + " " + System.getProperty("os.version"));
  }

  private static Optional<String> cpu() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static long memoryBytes() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }

  private static String thisJvm() {
    return "%s %s %s"
        .formatted(
            System.getProperty("java.vm.name"),
            System.getProperty("java.vm.version"),
            flags(ManagementFactory.getRuntimeMXBean().getInputArguments()))
        .strip();
  }

  /** What tunes it; properties say where things are. */
  private static String flags(List<String> arguments) {
    return arguments.stream()
        .filter(argument -> argument.startsWith("-X"))
        .collect(Collectors.joining(" "));
  }
}
