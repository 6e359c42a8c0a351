package io.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.metrics.Tag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the gateway asks Redis has series of its own. */
class OperationsTest {
  /** A command as the packages above the store ask it. */
  private static final Pattern ASKED =
      Pattern.compile("(?:\\bcommand\\w*|\\bCall\\.of|\\bnew Call|\\bentries)\\(\\s*\"([A-Z]+)\"");

  @Test
  void tag_hasEachScript_andEachCommand() throws IOException {
    assertThat(Tag.OPERATION.all()).containsAll(scripts()).containsAll(commands());
  }

  private static Set<String> scripts() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/lua"))) {
      return files
          .map(file -> file.getFileName().toString().replace(".lua", ""))
          .collect(Collectors.toSet());
    }
  }

  private static Set<String> commands() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/vestibule"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          // What the store asks for itself, as the shape of a cluster, is told as other.
          .filter(file -> !file.toString().contains("/store/"))
          .flatMap(file -> ASKED.matcher(text(file)).results().map(found -> found.group(1)))
          .map(command -> command.toLowerCase(Locale.ROOT))
          .collect(Collectors.toSet());
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void pattern_findsCommandsOverLineEnds() {
    Matcher found = ASKED.matcher("store.commandDurably(\n    \"ZREM\", key)");

    assertThat(found.find()).isTrue();
    assertThat(found.group(1)).isEqualTo("ZREM");
  }
}
