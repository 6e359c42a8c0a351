package io.vestibule.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** A Java runtime on this machine. */
public record Jdk(int feature, Path home) {
  /** The one that runs the tests, and the newest of each other release from 17 on that is found. */
  public static List<Jdk> found() {
    Map<Integer, Jdk> byFeature = new TreeMap<>();
    for (Path home : homes()) {
      int feature = feature(home);
      if (feature >= 17) {
        byFeature.putIfAbsent(feature, new Jdk(feature, home));
      }
    }
    return List.copyOf(byFeature.values());
  }

  public Path java() {
    return home.resolve("bin/java");
  }

  @Override
  public String toString() {
    return "JDK " + feature;
  }

  private static List<Path> homes() {
    List<Path> homes = new ArrayList<>();
    homes.add(Path.of(System.getProperty("java.home")));
    System.getenv()
        .forEach(
            (name, value) -> {
              if (name.startsWith("JAVA_HOME")) {
                homes.add(Path.of(value));
              }
            });
    for (String place :
        List.of("/usr/lib/jvm", System.getProperty("user.home") + "/.sdkman/candidates/java")) {
      homes.addAll(children(Path.of(place)));
    }
    homes.removeIf(home -> !Files.isExecutable(home.resolve("bin/java")));
    return homes;
  }

  private static List<Path> children(Path place) {
    List<Path> children = new ArrayList<>();
    if (Files.isDirectory(place)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(place)) {
        entries.forEach(children::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return children;
  }

  /** From the runtime's own release file; 0 where there is none. */
  private static int feature(Path home) {
    Properties release = new Properties();
    try (var in = Files.newInputStream(home.resolve("release"))) {
      release.load(in);
    } catch (IOException e) {
      return 0;
    }
    String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
    return version.isEmpty() || version.startsWith("1.")
        ? 0
        : Runtime.Version.parse(version).feature();
  }
}
