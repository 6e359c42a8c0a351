package io.vestibule.load.stage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Redis that a run starts: the one named; else this machine's own, which is what a gateway runs
 * beside in earnest; else the one that the class path brings, whose allocator makes every script
 * dearer. Progress says once which it is.
 */
public final class RedisBinary {
  static final String PROGRAM = "redis-server";

  private static final String RESOURCE = "/redis-server-7.0.15-";
  private static final Pattern VERSION = Pattern.compile("Redis server v=((\\d{1,4})[\\w.]*)");
  private static final int MAJOR_MIN = 7;
  private static final Duration VERSION_LIMIT = Duration.ofSeconds(5);

  private final Optional<Path> given;
  private final String searchPath;
  private final Progress progress;
  private @Nullable Path chosen;

  /** Of a machine whose programs are where its environment says. */
  public RedisBinary(Optional<Path> given, Progress progress) {
    this(given, Optional.ofNullable(System.getenv("PATH")).orElse(""), progress);
  }

  RedisBinary(Optional<Path> given, String searchPath, Progress progress) {
    this.given = given;
    this.searchPath = searchPath;
    this.progress = progress;
  }

  /**
   * The binary to start; chosen at the first call.
   *
   * @param work where the one that the class path brings is unpacked to
   */
  synchronized Path choose(Started started, Path work) throws CannotRun {
    if (chosen == null) {
      chosen = given.isPresent() ? given.get() : unnamed(started, work);
    }
    return chosen;
  }

  private Path unnamed(Started started, Path work) throws CannotRun {
    Optional<Path> own = Installed.find(PROGRAM, searchPath);
    Optional<String> version = own.flatMap(program -> version(started, program));
    if (own.isPresent() && version.isPresent()) {
      progress.say("Redis is this machine's own, " + version.get());
      return own.get();
    }
    progress.say(
        "Redis is the one that comes along: no %s of version %d or later is on the PATH"
            .formatted(PROGRAM, MAJOR_MIN));
    return unpack(work.resolve(PROGRAM));
  }

  /** Empty where it is too old, or is no Redis that tells. */
  private static Optional<String> version(Started started, Path program) {
    try {
      ProcessBuilder asking = new ProcessBuilder(program.toString(), "--version");
      Path said = started.finish("redis-version", asking, VERSION_LIMIT).log();
      Matcher version = VERSION.matcher(Files.readString(said));
      boolean known = version.find() && Integer.parseInt(version.group(2)) >= MAJOR_MIN;
      return known ? Optional.of(version.group(1)) : Optional.empty();
    } catch (CannotRun | IOException e) {
      return Optional.empty();
    }
  }

  private static Path unpack(Path to) throws CannotRun {
    String name = RESOURCE + platform();
    try (InputStream in = RedisBinary.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new CannotRun("no Redis for " + platform() + "; name one with --redis-server");
      }
      Files.deleteIfExists(to);
      Files.copy(in, to);
    } catch (IOException e) {
      throw new CannotRun("cannot write " + to, e);
    }
    if (!to.toFile().setExecutable(true)) {
      throw new CannotRun("cannot make " + to + " executable; name another with --redis-server");
    }
    return to;
  }

  private static String platform() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "");
    return (system.startsWith("mac") ? "darwin" : system)
        + (machine.equals("aarch64") ? "-arm64" : "-amd64");
  }
}
