package io.vestibule.load.stage;

import io.vestibule.load.report.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Every process that a run has started. They end with it, the latest first, also when it is told to
 * end; what each said is in a file of its own.
 */
public final class Started implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(12);
  private static final int TAIL_LINES = 5;

  private final Path logs;
  private final Deque<Process> processes = new ArrayDeque<>();
  private final Programs programs = new Programs();
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  private final Thread onExit = new Thread(this::interrupted, "end-what-was-started");
  private volatile boolean interrupted;
  private boolean over;

  /** Logs go to the directory, which is made anew. */
  public Started(Path logs) throws CannotRun {
    this.logs = logs;
    try {
      Directories.delete(logs);
      Files.createDirectories(logs);
    } catch (IOException e) {
      throw new CannotRun("cannot write logs to " + logs, e);
    }
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  /** A process and the file with what it says. */
  public record Running(String name, Process process, Path log) {
    /** Its last words, for an error's message. */
    public String tail() {
      try {
        List<String> lines = Files.readAllLines(log);
        int from = Math.max(0, lines.size() - TAIL_LINES);
        return String.join(" | ", lines.subList(from, lines.size())) + " (all of it: " + log + ")";
      } catch (IOException e) {
        return "see " + log;
      }
    }
  }

  public Path log(String name) {
    return logs.resolve(name + ".log");
  }

  /** It runs on beside the scenario, and is named in the report. */
  public Running start(String name, ProcessBuilder builder) throws CannotRun {
    Running running = launch(name, builder);
    programs.add(name, builder.command(), Optional.of(running.log()));
    return running;
  }

  /** The same for one of several of a kind, which are numbered in their order. */
  public Running startNext(String kind, ProcessBuilder builder) throws CannotRun {
    return start(kind + "-" + counts.merge(kind, 1, Integer::sum), builder);
  }

  /** One that runs already and is not to end with the run: it is named in the report. */
  public void given(Target.Part part) {
    programs.add(part.name(), Processes.command(part), Optional.empty());
  }

  /** What was started to run on or was given, with paths from the root. */
  public List<Provenance.Program> programs(Path root) {
    return programs.list(root);
  }

  private synchronized Running launch(String name, ProcessBuilder builder) throws CannotRun {
    if (over) {
      throw new CannotRun(name + " is not started any more: the run was ended");
    }
    Path log = log(name);
    try {
      Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
      process.getOutputStream().close();
      processes.push(process);
      return new Running(name, process, log);
    } catch (IOException e) {
      throw new CannotRun("cannot start " + name, e);
    }
  }

  /** Runs it to its end, which must be a good one. */
  public Running finish(String name, ProcessBuilder builder, Duration limit) throws CannotRun {
    Running running = launch(name, builder);
    try {
      if (!running.process().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        end(running.process());
        throw new CannotRun(name + " did not end within " + limit + "; see " + running.log());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted while " + name + " ran");
    }
    if (running.process().exitValue() != 0) {
      throw new CannotRun(
          name + " failed with " + running.process().exitValue() + ": " + running.tail());
    }
    return running;
  }

  /** The run was told to end; whatever fails from then on fails for that. */
  public boolean wasInterrupted() {
    return interrupted;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      return; // The hook is already at it.
    }
    endAll();
  }

  private void interrupted() {
    interrupted = true;
    endAll();
  }

  /** Ends them before their time, so that what waits for one of them fails. */
  synchronized void endAll() {
    over = true;
    while (!processes.isEmpty()) {
      end(processes.pop());
    }
  }

  /** Asks, and after a while insists; what it has started in turn goes with it. */
  private static void end(Process process) {
    List<ProcessHandle> children;
    try (Stream<ProcessHandle> descendants = process.descendants()) {
      children = descendants.toList();
    }
    process.destroy();
    children.forEach(ProcessHandle::destroy);
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
