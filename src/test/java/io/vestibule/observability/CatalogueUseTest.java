package io.vestibule.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.metrics.Catalogue;
import io.vestibule.metrics.Metric;
import io.vestibule.testing.PromQl;
import io.vestibule.testing.PromQl.Selector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is measured is looked at: by a panel, an alert, or whoever follows the runbook. */
final class CatalogueUseTest {
  private static final Path RUNBOOK = Path.of("docs/RUNBOOK.md");
  private static final Pattern NAME = Pattern.compile("vestibule_\\w+");
  private static final Pattern SERIES = Pattern.compile("_(bucket|count|sum|max)$");

  @Test
  void everyMetric_isUsedByAPanelAnAlertOrTheRunbook() throws IOException {
    Set<String> used = used();

    List<String> unused =
        Catalogue.all().stream()
            .map(Metric::prometheusName)
            .filter(name -> !used.contains(name))
            .toList();

    assertThat(unused).isEmpty();
  }

  @Test
  void everyNameOfOurs_inPanelsAndAlerts_isInTheCatalogue() throws IOException {
    Set<String> known =
        Catalogue.all().stream().map(Metric::prometheusName).collect(Collectors.toSet());

    assertThat(expressions().flatMap(CatalogueUseTest::metrics))
        .filteredOn(name -> name.startsWith("vestibule_"))
        .allMatch(name -> known.contains(name) || known.contains(family(name)));
  }

  @Test
  void everyPanelThatMayBeQuiet_isThere_andSaysWhy() throws IOException {
    Set<String> titles =
        Grafana.targets().stream()
            .filter(target -> target.panel().mayBeQuiet())
            .map(target -> target.panel().json().path("title").asText())
            .collect(Collectors.toSet());

    assertThat(titles).hasSize(Grafana.QUIET.size());
    assertThat(Grafana.QUIET).allMatch(why -> why.asText().length() > 20);
  }

  private static Set<String> used() throws IOException {
    Stream<String> read = expressions().flatMap(CatalogueUseTest::metrics);
    Stream<String> named =
        NAME.matcher(Files.readString(RUNBOOK)).results().map(MatchResult::group);
    return Stream.concat(read, named)
        .flatMap(name -> Stream.of(name, family(name)))
        .collect(Collectors.toSet());
  }

  private static Stream<String> expressions() throws IOException {
    return Stream.concat(
        Grafana.targets().stream().map(Grafana.Target::expression),
        Rules.all().stream().map(Rules.Rule::expression));
  }

  private static Stream<String> metrics(String expression) {
    return PromQl.parse(expression).selectors().stream().map(Selector::metric);
  }

  /** The histogram that a series belongs to. */
  private static String family(String series) {
    return SERIES.matcher(series).replaceFirst("");
  }
}
