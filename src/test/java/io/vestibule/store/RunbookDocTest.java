package io.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/RUNBOOK.md has a heading for each alert, each other way of breaking, and each cause of a
 * failure.
 */
final class RunbookDocTest {
  private static final String HEADING = "### ";

  private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

  /** What no alert tells. */
  private static final List<String> BREAKING =
      List.of(
          "Unlocks are slow",
          "A gateway was killed",
          "Doors are not found, or commands between gateways fail",
          "The gateway ends",
          "The configuration is refused",
          "Doors send too much",
          "Doors send what cannot be used",
          "Batteries and signal",
          "Traces are missing",
          "Readers are cut off");

  @Test
  void headings_areTheAlerts_theWaysOfBreaking_andThenTheCauses() throws IOException {
    List<String> headings =
        Files.readAllLines(Path.of("docs/RUNBOOK.md")).stream()
            .filter(line -> line.startsWith(HEADING))
            .map(line -> line.substring(HEADING.length()))
            .toList();

    assertThat(headings)
        .containsExactlyElementsOf(
            Stream.of(
                    alerts().stream(),
                    BREAKING.stream(),
                    Arrays.stream(FailureCause.values()).map(FailureCause::code))
                .flatMap(all -> all)
                .toList());
  }

  /** In the order of their file, each once. */
  private static List<String> alerts() throws IOException {
    return ALERT
        .matcher(Files.readString(Path.of("grafana/alerts.yaml")))
        .results()
        .map(found -> found.group(1))
        .distinct()
        .toList();
  }
}
