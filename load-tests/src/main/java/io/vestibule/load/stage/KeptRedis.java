package io.vestibule.load.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Redis that keeps what it was told in an append-only file, written before each answer and synced
 * every second; it can be ended, stopped and started again on the same port.
 */
public final class KeptRedis {
  private static final Readiness READY =
      new Readiness(
          "Redis", Pattern.compile("Ready to accept connections"), Duration.ofSeconds(20));

  /** When its file is synced, in its own words. */
  public enum Fsync {
    /**
     * Each second, and written before each answer; but while a sync is under way nothing is
     * written, and it answers all the same: what dies then forgets what it said.
     */
    EVERYSEC,
    /** Before each answer; with a full disk it ends itself. */
    ALWAYS
  }

  private final Started started;
  private final Fsync fsync;
  private final Path binary;
  private final Path directory;
  private final int port;
  private Started.Running running;

  private KeptRedis(Started started, Fsync fsync, Path binary, Path directory) throws CannotRun {
    this.started = started;
    this.fsync = fsync;
    this.binary = binary;
    this.directory = directory;
    this.port = Redis.freePort();
    this.running = run();
  }

  /** Starts it, with nothing in it, and waits until it serves. */
  public static KeptRedis start(Started started, Fsync fsync, Path work, RedisBinary program)
      throws CannotRun {
    Path directory = work.resolve("redis");
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new CannotRun("cannot write to " + directory, e);
    }
    return new KeptRedis(started, fsync, program.choose(started, work), directory);
  }

  public int port() {
    return port;
  }

  public void kill() throws CannotRun {
    Signals.kill(running.process());
  }

  /** Starts it again, with what its file has, and waits until it serves. */
  public void restart() throws CannotRun {
    running = run();
  }

  public void pause() throws CannotRun {
    Signals.pause(running.process());
  }

  public void resume() throws CannotRun {
    Signals.resume(running.process());
  }

  /**
   * From now on no byte can be added to its file: a limit on the size of files does to one process
   * what a full disk does to all.
   */
  public void fillDisk() throws CannotRun {
    Signals.limitFiles(running.process(), Long.toString(fileSize()));
  }

  /** There is room again; if the want of it ended Redis, it is started again. */
  public void freeDisk() throws CannotRun {
    if (running.process().isAlive()) {
      Signals.limitFiles(running.process(), "unlimited");
    } else {
      restart();
    }
  }

  /** While it is away its port may serve another process as the near end of a connection. */
  private Started.Running run() throws CannotRun {
    return READY.start(
        attempt -> {
          Started.Running tried = started.startNext("redis", new ProcessBuilder(command()));
          return new Readiness.Begun<>(tried, tried);
        });
  }

  /** A write beyond the limit must fail, as on a full disk, and not end the process. */
  private List<String> command() {
    return List.of(
        "sh",
        "-c",
        "trap '' XFSZ; exec \"$0\" \"$@\"",
        binary.toString(),
        "--port",
        Integer.toString(port),
        "--bind",
        "127.0.0.1",
        "--dir",
        directory.toString(),
        "--save",
        "",
        "--appendonly",
        "yes",
        "--appendfsync",
        fsync.name().toLowerCase(Locale.ROOT));
  }

  private long fileSize() throws CannotRun {
    try (Stream<Path> files = Files.list(directory.resolve("appendonlydir"))) {
      return files.mapToLong(file -> file.toFile().length()).max().orElse(0);
    } catch (IOException e) {
      throw new CannotRun("cannot read " + directory, e);
    }
  }
}
