package io.vestibule.load.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A report as one page that needs nothing else: no script, and no style or font from elsewhere. */
final class HtmlReport {
  private static final String STYLE = "report.css";

  private final Report report;

  HtmlReport(Report report) {
    this.report = report;
  }

  String html() {
    StringBuilder html = new StringBuilder();
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.append("<meta name=\"color-scheme\" content=\"light dark\">\n");
    html.append("<title>%s</title>\n".formatted(Markup.text(title())));
    html.append("<style>\n%s</style>\n</head>\n<body>\n<main>\n".formatted(style()));
    html.append("<h1>%s</h1>\n".formatted(Markup.text(title())));
    html.append(verdict()).append(warning());
    html.append("<h2>Figures</h2>\n");
    Section.of(report.result().figures()).forEach(section -> html.append(section(section)));
    html.append(charts());
    html.append("<h2>Where they come from</h2>\n").append(origin());
    return html.append("</main>\n</body>\n</html>\n").toString();
  }

  private String title() {
    return "Load test " + report.scenario() + ", " + report.date();
  }

  private String verdict() {
    int missed = report.judge().missed(report.result().figures()).size();
    String quick =
        report.judge().quick() ? " A quick run: bounds on times are shown and not judged." : "";
    return missed == 0
        ? "<p class=\"verdict ok\">✓ Every bound that was judged is kept.%s</p>\n".formatted(quick)
        : "<p class=\"verdict missed\">✗ Missed: %d %s.%s</p>\n"
            .formatted(missed, missed == 1 ? "bound" : "bounds", quick);
  }

  private String warning() {
    return report.notes().stream()
        .map(
            note ->
                "<p class=\"warning\" role=\"note\">⚠ Note: %s</p>\n".formatted(Markup.text(note)))
        .collect(Collectors.joining());
  }

  private String section(Section section) {
    StringBuilder html =
        new StringBuilder("<div class=\"wide\" tabindex=\"0\"><table>\n<thead><tr>");
    html.append("<th scope=\"col\">%s</th>".formatted(Markup.text(section.title())));
    for (Measure measure : section.measures()) {
      html.append("<th scope=\"col\">%s</th>".formatted(Markup.text(measure.heading())));
    }
    html.append("<th scope=\"col\">bound</th><th scope=\"col\">verdict</th></tr></thead>\n<tbody>");
    section.lines().forEach(line -> html.append(line(line, section.measures())));
    return html.append("</tbody>\n</table></div>\n").toString();
  }

  private String line(Section.Line line, List<Measure> measures) {
    StringBuilder html = new StringBuilder("<tr>");
    html.append("<th scope=\"row\">%s</th>".formatted(Markup.text(line.name())));
    measures.forEach(measure -> html.append(cell(line.figure(measure))));
    html.append("<td class=\"words\">%s</td>".formatted(Markup.text(line.bounds())));
    html.append("<td class=\"words\">%s</td></tr>\n".formatted(verdicts(line)));
    return html.toString();
  }

  private String cell(Optional<Figure> figure) {
    boolean missed =
        figure.filter(one -> report.judge().verdict(one) == Verdict.MISSED).isPresent();
    String value = Markup.text(figure.map(one -> Table.number(one.value())).orElse(""));
    return missed
        ? "<td class=\"missed\"><strong>%s ✗</strong></td>".formatted(value)
        : "<td>%s</td>".formatted(value);
  }

  private String verdicts(Section.Line line) {
    Map<String, Verdict> verdicts = line.verdicts(report.judge());
    boolean alike = verdicts.values().stream().distinct().count() == 1;
    return verdicts.entrySet().stream()
        .limit(alike ? 1 : Long.MAX_VALUE)
        .map(entry -> verdict(alike ? "" : entry.getKey() + " ", entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String verdict(String of, Verdict verdict) {
    String sign = verdict == Verdict.OK ? "✓ " : verdict == Verdict.MISSED ? "✗ " : "";
    String name = verdict.name().toLowerCase(Locale.ROOT);
    return "<span class=\"%s\">%s%s%s</span>"
        .formatted(name, sign, Markup.text(of), Markup.text(verdict.code()));
  }

  private String charts() {
    List<Chart> charts = report.result().charts();
    StringBuilder html = new StringBuilder(charts.isEmpty() ? "" : "<h2>Charts</h2>\n");
    for (int index = 0; index < charts.size(); index++) {
      html.append(new Plot(charts.get(index), "chart" + index).html());
    }
    return html.toString();
  }

  private String origin() {
    StringBuilder html = new StringBuilder("<dl>\n");
    report.provenance().described().forEach((name, value) -> html.append(entry(name, value)));
    html.append(entry("From", report.span().from().truncatedTo(ChronoUnit.SECONDS).toString()));
    html.append(entry("Until", report.span().until().truncatedTo(ChronoUnit.SECONDS).toString()));
    html.append(entry("Pauses of this machine", report.span().pauses().text()));
    html.append(entry("This machine before it", report.span().standstill().text()));
    return html.append("</dl>\n").toString();
  }

  private static String entry(String name, String value) {
    return "<dt>%s</dt><dd>%s</dd>\n".formatted(Markup.text(name), Markup.text(value));
  }

  private static String style() {
    try (InputStream style = HtmlReport.class.getResourceAsStream(STYLE)) {
      if (style == null) {
        throw new IllegalStateException(STYLE + " is not beside the classes");
      }
      return new String(style.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
