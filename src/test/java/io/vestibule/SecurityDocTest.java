package io.vestibule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** SECURITY.md names for each attack tests that there are and that run. */
final class SecurityDocTest {
  private static final Path SOURCES = Path.of("src/test/java");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|IT))\\.(\\w+)`");

  /** Three cells: attack, what holds it off, test. */
  private static final Pattern CELL = Pattern.compile("(?<!\\\\)\\|");

  private static final int CELLS = 5;

  @Test
  void eachAttack_isCoveredByATest() throws IOException {
    assertThat(attacks())
        .hasSizeGreaterThan(60)
        .allSatisfy(
            row -> assertThat(TEST.matcher(CELL.split(row, CELLS)[3]).find()).as(row).isTrue());
  }

  @Test
  void eachTestThatIsNamed_isThere_andRuns() throws IOException {
    List<MatchResult> named = TEST.matcher(doc()).results().toList();

    assertThat(named)
        .hasSizeGreaterThan(attacks().size())
        .allSatisfy(
            test -> assertThat(runs(test.group(1), test.group(2))).as(test.group()).isTrue());
  }

  /** The rows of the tables whose head says so. */
  private static List<String> attacks() throws IOException {
    List<String> rows = doc().lines().dropWhile(line -> !line.startsWith("## Attacks")).toList();
    return rows.stream()
        .takeWhile(line -> !line.startsWith("## What is not covered"))
        .filter(line -> line.startsWith("| "))
        .filter(line -> !line.startsWith("| attack |") && !line.startsWith("| --- |"))
        .toList();
  }

  private static boolean runs(String test, String method) throws IOException {
    return type(test).stream()
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(declared -> declared.getName().equals(method))
        .anyMatch(
            declared ->
                AnnotationSupport.isAnnotated(declared, Testable.class)
                    && !AnnotationSupport.isAnnotated(declared, Disabled.class));
  }

  /** Not initialized: a test's class may open what only its own run may. */
  private static Optional<Class<?>> type(String name) throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .filter(file -> file.getFileName().toString().equals(name + ".java"))
          .findAny()
          .map(file -> SOURCES.relativize(file).toString())
          .map(file -> load(file.substring(0, file.length() - ".java".length())));
    }
  }

  private static Class<?> load(String path) {
    try {
      return Class.forName(
          path.replace(File.separatorChar, '.'), false, SecurityDocTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static String doc() throws IOException {
    return Files.readString(Path.of("SECURITY.md"));
  }
}
