package io.vestibule.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.load.report.Chart.Axis;
import io.vestibule.load.report.Chart.Curve;
import io.vestibule.load.report.Chart.Point;
import io.vestibule.load.report.Chart.Scale;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class HtmlReportTest {
  private static final Instant FROM = Instant.parse("2026-11-22T23:59:00.5Z");
  private static final String HOSTILE = "<b>\"R&D's\"</b>";
  private static final Figure.Subject SUBJECT = new Figure.Subject("Times " + HOSTILE, HOSTILE);

  @Test
  void allText_isShownAsItStands() throws Exception {
    Figure figure = SUBJECT.figure(HOSTILE, HOSTILE, 1, Bound.exact(2));
    String page = page(1, List.of(figure), List.of(chart(HOSTILE, new Point(0, 1))));

    assertThat(page).doesNotContain("<b>").contains("&lt;b&gt;&quot;R&amp;D&#39;s&quot;&lt;/b&gt;");
    assertThat(parsed(page).getElementsByTagName("b").getLength()).isZero();
  }

  @Test
  void thePage_needsNothingFromElsewhere_andNoScript() {
    String page = page(1, List.of(), List.of(chart("p50", new Point(0, 1))));

    assertThat(page).doesNotContain("<script", "http", "url(", "@import", "<link", "src=");
  }

  @Test
  void aMissedBound_isSaidInWords_andByASign() throws Exception {
    Figure late = SUBJECT.figure("p99", "ms", 12.5, Bound.timing(10));
    Figure kept = SUBJECT.figure("p50", "ms", 1, Bound.timing(10));
    String page = page(1, List.of(kept, late), List.of());

    assertThat(page)
        .contains("✗ Missed: 1 bound.", "12.5 ✗", "✗ p99 missed", "✓ p50 ok", "p99 ≤ 10");
    assertThat(parsed(page).getElementsByTagName("table").getLength()).isEqualTo(1);
  }

  @Test
  void keptBounds_areSaid_andAQuickRunSaysWhatItDidNotJudge() {
    Figure late = SUBJECT.figure("p99", "ms", 12.5, Bound.timing(10));
    Report quick = report(1, List.of(late), List.of(), true);

    assertThat(new HtmlReport(quick).html())
        .contains("Every bound that was judged is kept", "A quick run", "not judged");
  }

  @Test
  void aDisturbedRun_saysSoBeforeTheFigures() {
    String page = page(51, List.of(), List.of());

    assertThat(page).containsSubsequence("paused for 51 ms", "<h2>Figures");
    assertThat(page(50, List.of(), List.of())).doesNotContain("paused for");
  }

  @Test
  void whereFiguresComeFrom_isNamed() {
    assertThat(page(3, List.of(), List.of()))
        .contains("load-tests/run unlock", "abc with changes", "jvm 17", "node-a", "2 cores")
        .contains("2026-11-22T23:59:00Z", "2026-11-23T00:00:30Z", "worst 3.0 ms, 4 above 10 ms")
        .contains("it stood still for 1.8 % of the time, at worst for 8.2 ms");
  }

  @Test
  void aChart_hasAxesWithUnits_aTitleAndADescription_andALegend() throws Exception {
    Document page =
        parsed(page(1, List.of(), List.of(chart("p50", new Point(0, 1), new Point(10, 2)))));

    assertThat(page.getElementsByTagName("title").item(1).getTextContent()).isEqualTo("Latency");
    assertThat(page.getElementsByTagName("desc").item(0).getTextContent())
        .isEqualTo("time, s from 0 to 10; latency, ms from 1 to 2; curves: p50");
    assertThat(texts(page.getElementsByTagName("text"))).contains("time, s", "latency, ms", "10");
    assertThat(texts(page.getElementsByTagName("li"))).containsExactly("p50");
  }

  @Test
  void points_lieWhereTheAxesSay() throws Exception {
    Document page =
        parsed(page(1, List.of(), List.of(chart("p50", new Point(0, 1), new Point(10, 2)))));

    assertThat(attributes(page, "polyline", "points")).contains("72.0,310.0 702.0,14.0");
  }

  @Test
  void aGap_breaksTheLine_andALoneValueIsADot() throws Exception {
    Point gap = new Point(2, Double.NaN);
    Chart chart =
        chart("p50", new Point(0, 1), new Point(1, 1), gap, new Point(3, 1), gap, new Point(4, 2));
    Document page = parsed(page(1, List.of(), List.of(chart)));

    assertThat(page.getElementsByTagName("circle").getLength()).isEqualTo(2);
    assertThat(attributes(page, "polyline", "points")).hasSize(1);
  }

  @Test
  void curves_differInMoreThanColour() throws Exception {
    List<Curve> curves = new ArrayList<>();
    for (int number = 0; number < 7; number++) {
      curves.add(new Curve("c" + number, List.of(new Point(0, 1), new Point(1, 1))));
    }
    String page = page(1, List.of(), List.of(chart(curves)));

    assertThat(attributes(parsed(page), "polyline", "stroke-dasharray").stream().distinct().count())
        .isEqualTo(5);
    assertThat(page).contains("class=\"c5\"");
  }

  @Test
  void aChartOfNothing_saysSo() {
    assertThat(page(1, List.of(), List.of(chart("p50")))).contains("nothing was recorded");
  }

  @Test
  void chartsOfARun_areDrawn() throws Exception {
    Latencies latencies = new Latencies();
    OverTime overTime = OverTime.from(0, Duration.ofSeconds(10));
    latencies.record(1_000_000);
    overTime.succeeded(1, 1_000_000);
    List<Chart> charts = new ArrayList<>(overTime.charts("run"));
    Map<String, Latencies> named = new LinkedHashMap<>();
    named.put("gateway", latencies);
    charts.add(Charts.percentiles("by percentile", named));

    Document page = parsed(page(1, List.of(), charts));

    assertThat(page.getElementsByTagName("figure").getLength()).isEqualTo(3);
  }

  private static Chart chart(String name, Point... points) {
    return chart(List.of(new Curve(name, List.of(points))));
  }

  private static Chart chart(List<Curve> curves) {
    Axis time = new Axis("time", "s", Scale.LINEAR);
    return new Chart("Latency", time, new Axis("latency", "ms", Scale.LOGARITHMIC), curves);
  }

  private static String page(double worstPauseMs, List<Figure> figures, List<Chart> charts) {
    return new HtmlReport(report(worstPauseMs, figures, charts, false)).html();
  }

  private static Report report(
      double worstPauseMs, List<Figure> figures, List<Chart> charts, boolean quick) {
    return new Report(
        "unlock",
        new Report.Span(
            FROM, FROM.plusSeconds(90), new Standstill(1.75, 8.2), new Pauses(worstPauseMs, 4)),
        new Provenance(
            new Provenance.Machine("cpu", 2, 23.5, "Linux"),
            "jvm 17",
            List.of(new Provenance.Program("node-a", "java -jar vestibule.jar serve")),
            new Provenance.Commit("abc", true),
            "load-tests/run unlock"),
        new Result(figures, charts),
        new Judge(quick));
  }

  /** The page is written so that it is XML too, but for the three tags that stand alone. */
  private static Document parsed(String page) throws Exception {
    String xml = page.replaceAll("<!DOCTYPE html>|<meta [^>]*>", "");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static List<String> attributes(Document page, String tag, String name) {
    List<String> values = new ArrayList<>();
    NodeList nodes = page.getElementsByTagName(tag);
    for (int index = 0; index < nodes.getLength(); index++) {
      boolean key =
          nodes.item(index).getParentNode().getAttributes().getNamedItem("viewBox") != null;
      if (!key) {
        var attribute = nodes.item(index).getAttributes().getNamedItem(name);
        values.add(attribute == null ? "" : attribute.getNodeValue());
      }
    }
    return values;
  }

  private static List<String> texts(NodeList nodes) {
    List<String> texts = new ArrayList<>();
    for (int index = 0; index < nodes.getLength(); index++) {
      texts.add(nodes.item(index).getTextContent());
    }
    return texts;
  }
}
