package io.vestibule.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The image that {@code .ci/image} builds, and containers of it that have no right they can lack.
 */
public final class Image {
  /** Who a container runs as, and who must be able to read what is mounted. */
  public static final int USER = 65532;

  private static final Path STORE = Path.of("target/containers").toAbsolutePath();
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(5);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final List<String> PODMAN =
      List.of(
          "podman",
          "--root=" + STORE.resolve("storage"),
          "--runroot=" + STORE.resolve("run"),
          "--storage-driver=overlay",
          "--events-backend=none",
          "--cgroup-manager=cgroupfs",
          "--runtime=runc");

  /** Without the places to write to that podman adds by itself. */
  private static final List<String> HARDENED =
      List.of(
          "--network=host",
          "--read-only",
          "--read-only-tmpfs=false",
          "--cap-drop=all",
          "--security-opt=no-new-privileges",
          "--no-healthcheck",
          "--ulimit=nofile=20000:20000",
          "--ulimit=nproc=1000:1000");

  private final String name;
  private final String digest;

  private Image(String name, String digest) {
    this.name = name;
    this.digest = digest;
  }

  /** Builds it anew under a name. */
  public static Image build(String name) throws IOException, InterruptedException {
    Jar.Ended built = run(BUILD_LIMIT, List.of(".ci/image", name));
    assertThat(built.exit()).as(built.err()).isZero();
    return new Image(name, built.out().strip());
  }

  public String digest() {
    return digest;
  }

  /** Runs a command of the image's to its end. */
  public Jar.Ended run(List<String> options, String... arguments)
      throws IOException, InterruptedException {
    return run(LIMIT, command(options, List.of(arguments)));
  }

  /** {@code serve} as the image does it unless told otherwise, with what else podman is told. */
  public GatewayProcess serve(List<String> more, Map<String, String> settings) throws IOException {
    List<String> options = new ArrayList<>(more);
    settings.forEach((name, value) -> options.add("--env=" + name + "=" + value));
    return GatewayProcess.start(new ProcessBuilder(command(options, List.of())));
  }

  /** Runs a program in a container that runs already. */
  public Jar.Ended inside(String container, Map<String, String> environment, List<String> program)
      throws IOException, InterruptedException {
    List<String> line = podman("exec");
    environment.forEach((name, value) -> line.add("--env=" + name + "=" + value));
    line.add(container);
    line.addAll(program);
    return run(LIMIT, line);
  }

  /** The files that a container's process has in memory, as it sees them. */
  public static Set<String> mapped(String container) throws IOException, InterruptedException {
    String pid = podman("inspect", container, "--format={{.State.Pid}}").out().strip();
    try (Stream<String> maps = Files.lines(Path.of("/proc", pid, "maps"))) {
      return maps.map(line -> line.replaceFirst("^[^/]*", "")).collect(Collectors.toSet());
    }
  }

  /** What the image says of itself. */
  public JsonNode inspect() throws IOException, InterruptedException, MalformedJson {
    return Json.read(podman("image", "inspect", name, "--format={{json .}}").out()).get(0);
  }

  /** Where its files can be seen. */
  public Path mounted() throws IOException, InterruptedException {
    return Path.of(podman("image", "mount", name).out().strip());
  }

  /** Ends what still runs. */
  public static void removeContainers() throws IOException, InterruptedException {
    podman("rm", "--all", "--force", "--time=0");
    podman("image", "unmount", "--all");
  }

  /** The option that makes a directory the configuration's. */
  public static String mount(Path directory) {
    return "--volume=" + directory + ":/etc/vestibule:ro";
  }

  /** A copy of a directory, which belongs to whoever the containers run as. */
  public static Path readable(Path directory) throws IOException {
    Path copy = Files.createTempDirectory("mounted");
    try (Stream<Path> entries = Files.walk(directory)) {
      for (Path entry : entries.toList()) {
        Path to = copy.resolve(directory.relativize(entry).toString());
        if (!Files.isDirectory(entry)) {
          Files.copy(entry, to);
        } else if (!to.equals(copy)) {
          Files.createDirectory(to);
        }
        Files.setAttribute(to, "unix:uid", USER);
      }
    }
    return copy;
  }

  private List<String> command(List<String> options, List<String> arguments) {
    List<String> line = podman("run");
    line.add("--rm");
    line.addAll(HARDENED);
    line.addAll(options);
    line.add(name);
    line.addAll(arguments);
    return line;
  }

  private static List<String> podman(String command) {
    List<String> line = new ArrayList<>(PODMAN);
    line.add(command);
    return line;
  }

  private static Jar.Ended podman(String command, String... arguments)
      throws IOException, InterruptedException {
    List<String> line = podman(command);
    line.addAll(List.of(arguments));
    Jar.Ended ended = run(LIMIT, line);
    assertThat(ended.exit()).as(ended.err()).isZero();
    return ended;
  }

  private static Jar.Ended run(Duration limit, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("image", ".out");
    Path err = Files.createTempFile("image", ".err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    process.destroyForcibly();
    String said = Files.readString(err);
    assertThat(ended).as("still running after %s: %s", limit, said).isTrue();
    return new Jar.Ended(process.exitValue(), Files.readString(out), said);
  }
}
