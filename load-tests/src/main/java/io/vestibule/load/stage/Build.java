package io.vestibule.load.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Builds what a scenario needs where its sources are newer; nothing is installed. */
public record Build(Path home, Started started, Progress progress) {
  private static final Duration LIMIT = Duration.ofMinutes(15);

  /** The packed gateway. */
  public Product product() throws CannotRun {
    Path root = home.resolve("..").normalize();
    Path jar = root.resolve("target/vestibule.jar");
    if (stale(jar, List.of(root.resolve("pom.xml"), root.resolve("src/main")))) {
      progress.say("building the gateway");
      maven("build-gateway", root.resolve("pom.xml"), "package");
    }
    return new Product(jar);
  }

  /** The class path of the benchmarks, with the gateway's jar in it. */
  public String benchmarks(Product product) throws CannotRun {
    Path bench = home.resolve("bench");
    Path classPath = bench.resolve("target/classpath");
    if (stale(classPath, List.of(bench.resolve("pom.xml"), bench.resolve("src"), product.jar()))) {
      progress.say("building the benchmarks");
      maven(
          "build-benchmarks",
          bench.resolve("pom.xml"),
          "clean",
          "process-classes",
          "-Dvestibule.jar=" + product.jar());
    }
    try {
      return String.join(
          ":",
          bench.resolve("target/classes").toString(),
          Files.readString(classPath).strip(),
          product.jar().toString());
    } catch (IOException e) {
      throw new CannotRun("cannot read " + classPath, e);
    }
  }

  private void maven(String name, Path pom, String... more) throws CannotRun {
    List<String> command =
        Stream.concat(
                Stream.of("mvn", "-B", "-q", "-f", pom.toString(), "-DskipTests"), Stream.of(more))
            .toList();
    started.finish(name, new ProcessBuilder(command), LIMIT);
  }

  private static boolean stale(Path built, List<Path> sources) throws CannotRun {
    if (!Files.exists(built)) {
      return true;
    }
    try {
      FileTime at = Files.getLastModifiedTime(built);
      for (Path source : sources) {
        if (newest(source).compareTo(at) > 0) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new CannotRun("cannot tell whether " + built + " is up to date", e);
    }
  }

  private static FileTime newest(Path source) throws IOException {
    FileTime newest = Files.getLastModifiedTime(source);
    List<Path> inside;
    try (Stream<Path> paths = Files.walk(source)) {
      inside = paths.toList();
    }
    for (Path path : inside) {
      FileTime time = Files.getLastModifiedTime(path);
      newest = time.compareTo(newest) > 0 ? time : newest;
    }
    return newest;
  }
}
