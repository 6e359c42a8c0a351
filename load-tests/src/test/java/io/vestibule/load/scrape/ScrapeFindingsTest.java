package io.vestibule.load.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.load.metrics.Exposition;
import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Judge;
import io.vestibule.load.report.Latencies;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScrapeFindingsTest {
  private static final String ONE = "vestibule_doors_connected 1\njvm_threads 30\n";
  private static final String ALL = "vestibule_doors_connected 500\njvm_threads 30\n";
  private static final Judge FULL = new Judge(false);

  @Test
  void theSameSeries_andFastScrapes_keepEveryBound() {
    assertThat(missed(reading(ONE, 20), reading(ALL, 99))).isEmpty();
  }

  @Test
  void aSlowScrape_withAllDoors_isMissed() {
    assertThat(missed(reading(ONE, 20), reading(ALL, 101))).containsExactly("500 doors: max");
  }

  @Test
  void aSlowScrape_withOneDoor_isNot() {
    assertThat(missed(reading(ONE, 101), reading(ALL, 20))).isEmpty();
  }

  @Test
  void aSeriesThatADoorAdded_isMissed() {
    assertThat(missed(reading(ONE, 20), reading(ALL + "vestibule_door{id=\"7\"} 1\n", 20)))
        .containsExactly("the gateway's own series that came or went: count");
  }

  @Test
  void oneSeriesInPlaceOfAnother_countsAsTwo() {
    List<Figure> figures =
        findings(reading(ONE + "vestibule_a 1\n", 20), reading(ALL + "vestibule_b 1\n", 20));

    assertThat(figures)
        .filteredOn(figure -> figure.subject().name().contains("came or went"))
        .extracting(Figure::value)
        .containsExactly(2.0);
  }

  @Test
  void aSeriesOfTheJvm_mayCome() {
    assertThat(missed(reading(ONE, 20), reading(ALL + "jvm_gc_pause 1\n", 20))).isEmpty();
  }

  @Test
  void doorsThatAreNotShown_areMissed_alsoWhereNoneIs() {
    String none = "connected doors that a scrape does not show: count";

    assertThat(missed(reading(ONE, 20), reading(ONE, 20))).containsExactly(none);
    assertThat(missed(reading("jvm_threads 30\n", 20), reading("jvm_threads 30\n", 20)))
        .containsExactly(none);
  }

  @Test
  void aReading_showsItsSizeAndItsSeries() {
    assertThat(findings(reading(ONE, 20), reading(ALL, 20)))
        .filteredOn(figure -> figure.subject().name().equals("500 doors"))
        .filteredOn(figure -> !figure.measure().unit().equals("ms"))
        .extracting(figure -> figure.measure().name() + " " + figure.value())
        .containsExactly("count 1.0", "size 0.045", "series 2.0", "own series 1.0");
  }

  @Test
  void soFewScrapes_haveNo99thPercentile() {
    assertThat(findings(reading(ONE, 20), reading(ALL, 20)))
        .extracting(figure -> figure.measure().name())
        .contains("p50", "max")
        .doesNotContain("p99");
  }

  private static List<String> missed(Reading alone, Reading full) {
    return FULL.missed(findings(alone, full)).stream()
        .map(figure -> figure.subject().name() + ": " + figure.measure().name())
        .toList();
  }

  private static List<Figure> findings(Reading alone, Reading full) {
    return new ScrapeFindings(500, alone, full).figures();
  }

  private static Reading reading(String text, int tookMs) {
    Latencies latencies = new Latencies();
    latencies.record(Duration.ofMillis(tookMs).toNanos());
    return new Reading(latencies, Exposition.parse(text));
  }
}
