package io.vestibule.load.traffic;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Processor time that each process of what is driven has taken so far, in nanoseconds. */
public record Spending(Map<String, Long> nanosByProcess) {
  private static final double NANOS_PER_MICRO = 1e3;

  private static final String OWN = "generator";

  /** Of this process. */
  public static Spending own() throws CannotRun {
    return new Spending(Map.of(OWN, nanos(new Target.Part(OWN, ProcessHandle.current().pid()))));
  }

  public static Spending of(Target target) throws CannotRun {
    Map<String, Long> nanos = new LinkedHashMap<>();
    for (Target.Part part : target.processes()) {
      nanos.put(part.name(), nanos(part));
    }
    return new Spending(nanos);
  }

  /** Since the earlier look, shared among so many: microseconds each. */
  public Map<String, Double> microsEach(Spending earlier, int count) {
    Map<String, Double> micros = new LinkedHashMap<>();
    nanosByProcess.forEach(
        (name, nanos) ->
            micros.put(
                name,
                (nanos - earlier.nanosByProcess().getOrDefault(name, 0L))
                    / NANOS_PER_MICRO
                    / count));
    return micros;
  }

  /** The same of all processes together. */
  double microsInAll(Spending earlier, int count) {
    return microsEach(earlier, count).values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Resident memory of a process, in mebibytes. */
  public static double residentMib(Target.Part part) throws CannotRun {
    return memoryMib(part, "VmRSS:");
  }

  /** The most that it ever was. */
  public static double residentMostMib(Target.Part part) throws CannotRun {
    return memoryMib(part, "VmHWM:");
  }

  private static double memoryMib(Target.Part part, String field) throws CannotRun {
    Path file = Path.of("/proc", Long.toString(part.pid()), "status");
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith(field)) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1_024.0;
        }
      }
      throw new CannotRun(part.name() + " is gone");
    } catch (IOException e) {
      throw new CannotRun("cannot read " + file + " of " + part.name(), e);
    }
  }

  /** User and system time of all its threads, counted in hundredths of a second. */
  private static long nanos(Target.Part part) throws CannotRun {
    Path file = Path.of("/proc", Long.toString(part.pid()), "stat");
    try {
      String stat = Files.readString(file);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      // User and system time are the 14th and 15th field, in hundredths of a second.
      return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10_000_000L;
    } catch (IOException e) {
      throw new CannotRun("cannot read " + file + ": is " + part.name() + " gone?", e);
    }
  }
}
