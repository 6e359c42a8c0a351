package io.vestibule.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.config.Key;
import io.vestibule.metrics.Catalogue;
import io.vestibule.metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever docs/OPERATIONS.md names is there, and its figures stand in the reports beside them. */
final class OperationsDocTest {
  private static final Path RESULTS = Path.of("load-tests/results");
  private static final Pattern TEST_CLASS = Pattern.compile("`(\\w+(?:Test|IT))\\b");
  private static final Pattern DOTTED = Pattern.compile("`([a-z]+(?:\\.[a-z-]+)+)[`:]");
  private static final Pattern VARIABLE = Pattern.compile("VESTIBULE_[A-Z_]+");
  private static final Pattern METRIC = Pattern.compile("vestibule_\\w+");
  private static final Pattern ALERT = Pattern.compile("`(Vestibule[A-Z]\\w+)`");
  private static final Pattern REPORT = Pattern.compile("`(\\d{4}-\\d\\d-\\d\\d-[a-z-]+)`");
  private static final Pattern FIGURE = Pattern.compile("\\d[\\d,.]*");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]*)(?:#([^)]*))?\\)");

  @Test
  void testClasses_areThere() throws IOException {
    Set<String> classes = names(Path.of("src/test/java"), ".java");

    assertThat(named(TEST_CLASS)).isNotEmpty().isSubsetOf(classes);
  }

  @Test
  void configurationKeys_areKnown() {
    Set<String> sections =
        Stream.of(Key.values()).map(key -> section(key.dotted())).collect(Collectors.toSet());
    Set<String> dotted = Stream.of(Key.values()).map(Key::dotted).collect(Collectors.toSet());

    assertThat(named(DOTTED).stream().filter(name -> sections.contains(section(name))))
        .isNotEmpty()
        .filteredOn(name -> !name.endsWith(".conf"))
        .isSubsetOf(dotted);
    assertThat(named(VARIABLE)).isSubsetOf(Stream.of(Key.values()).map(Key::environment).toList());
  }

  @Test
  void metricsAndAlerts_areKnown() throws IOException {
    String alerts = Files.readString(Path.of("grafana/alerts.yaml"));

    assertThat(named(METRIC))
        .isNotEmpty()
        .isSubsetOf(Catalogue.all().stream().map(Metric::prometheusName).toList());
    assertThat(named(ALERT))
        .isNotEmpty()
        .allSatisfy(alert -> assertThat(alerts).contains("- alert: " + alert + "\n"));
  }

  @Test
  void figures_standInTheReportsBesideThem() throws IOException {
    assertThat(named(REPORT)).isNotEmpty().isSubsetOf(names(RESULTS, ".txt"));
    for (String row :
        Guide.section("## Size").lines().filter(line -> line.contains("`20")).toList()) {
      String[] cells = row.split("\\|");
      String report = REPORT.matcher(cells[3]).results().findFirst().orElseThrow().group(1);
      String said = Files.readString(RESULTS.resolve(report + ".txt"));
      assertThat(FIGURE.matcher(cells[2]).results())
          .as(row)
          .isNotEmpty()
          .allSatisfy(figure -> assertThat(said).contains(figure.group()));
    }
  }

  @Test
  void links_leadSomewhere() {
    assertThat(LINK.matcher(Guide.text()).results())
        .isNotEmpty()
        .allSatisfy(link -> leads(link.group(1), link.group(2)));
  }

  private static void leads(String file, String anchor) throws IOException {
    Path target = Path.of("docs").resolve(file.isEmpty() ? "OPERATIONS.md" : file);
    assertThat(target).exists();
    if (anchor != null) {
      assertThat(Files.readAllLines(target).stream().filter(line -> line.startsWith("#")))
          .extracting(OperationsDocTest::anchor)
          .contains(anchor);
    }
  }

  /** As forges make it of a heading. */
  private static String anchor(String heading) {
    return heading
        .replaceFirst("^#+ ", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\w\\- ]", "")
        .replace(' ', '-');
  }

  private static Set<String> named(Pattern pattern) {
    return pattern
        .matcher(Guide.text())
        .results()
        .map(found -> found.group(found.groupCount()))
        .collect(Collectors.toSet());
  }

  private static String section(String dotted) {
    return dotted.substring(0, dotted.indexOf('.'));
  }

  private static Set<String> names(Path under, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(under)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .collect(Collectors.toSet());
    }
  }
}
