package io.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/RUNBOOK.md has a heading for each cause of a failure and for each way of breaking. */
final class RunbookDocTest {
  private static final String HEADING = "### ";

  private static final List<String> BREAKING =
      List.of(
          "Redis gone",
          "Changes are not told",
          "A gateway was killed",
          "A door is silent",
          "Too much at once",
          "The gateway ends",
          "The configuration is refused",
          "Redis keeps no append-only file",
          "Records are missing",
          "Doors send too much",
          "A log cannot be read",
          "Traces are missing",
          "Readers are cut off");

  @Test
  void headings_areTheWaysOfBreaking_andThenTheCauses() throws IOException {
    List<String> headings =
        Files.readAllLines(Path.of("docs/RUNBOOK.md")).stream()
            .filter(line -> line.startsWith(HEADING))
            .map(line -> line.substring(HEADING.length()))
            .toList();

    assertThat(headings)
        .containsExactlyElementsOf(
            Stream.concat(
                    BREAKING.stream(), Arrays.stream(FailureCause.values()).map(FailureCause::code))
                .toList());
  }
}
