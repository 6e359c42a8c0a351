package io.vestibule.load.report;

import io.vestibule.load.report.Chart.Axis;
import io.vestibule.load.report.Chart.Curve;
import io.vestibule.load.report.Chart.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A chart as SVG inside of HTML: styled by the page's classes, told apart by dashes as well as by
 * colours, read aloud by its title and description.
 */
final class Plot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 360;
  private static final int LEFT = 72;
  private static final int RIGHT = WIDTH - 18;
  private static final int TOP = 14;
  private static final int BOTTOM = HEIGHT - 50;

  /** Without a common divisor, so that 30 curves differ. */
  private static final int COLOURS = 6;

  private static final List<String> DASHES = List.of("", "9 4", "2 3", "10 3 2 3", "5 2 1 2 1 2");

  private final Chart chart;
  private final String id;
  private final Ticks x;
  private final Ticks y;

  /**
   * @param id of its own among a page's
   */
  Plot(Chart chart, String id) {
    this.chart = chart;
    this.id = id;
    this.x = ticks(chart.x(), Point::x);
    this.y = ticks(chart.y(), Point::y);
  }

  String html() {
    return "<figure>\n<figcaption>%s</figcaption>\n%s%s</figure>\n"
        .formatted(Markup.text(chart.title()), svg(), legend());
  }

  private String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s-t %s-d\">\n"
            .formatted(WIDTH, HEIGHT, id, id));
    svg.append("<title id=\"%s-t\">%s</title>\n".formatted(id, Markup.text(chart.title())));
    svg.append("<desc id=\"%s-d\">%s</desc>\n".formatted(id, Markup.text(description())));
    x.marks().forEach(mark -> svg.append(vertical(mark)));
    y.marks().forEach(mark -> svg.append(horizontal(mark)));
    svg.append(names());
    for (int index = 0; index < chart.curves().size(); index++) {
      svg.append(curve(chart.curves().get(index), index));
    }
    if (chart.curves().stream().allMatch(curve -> runs(curve).isEmpty())) {
      svg.append(text((LEFT + RIGHT) / 2.0, (TOP + BOTTOM) / 2.0, "", "nothing was recorded"));
    }
    return svg.append("</svg>\n").toString();
  }

  private String description() {
    String names = chart.curves().stream().map(Curve::name).collect(Collectors.joining(", "));
    return "%s from %s to %s; %s from %s to %s; curves: %s"
        .formatted(
            heading(chart.x()),
            Ticks.label(x.low()),
            Ticks.label(x.high()),
            heading(chart.y()),
            Ticks.label(y.low()),
            Ticks.label(y.high()),
            names);
  }

  private String vertical(double mark) {
    double at = left(mark);
    return line(at, TOP, at, BOTTOM) + text(at, BOTTOM + 18, "", Ticks.label(mark));
  }

  private String horizontal(double mark) {
    double at = top(mark);
    return line(LEFT, at, RIGHT, at) + text(LEFT - 8, at + 4, "end", Ticks.label(mark));
  }

  private String names() {
    double middle = (TOP + BOTTOM) / 2.0;
    return text((LEFT + RIGHT) / 2.0, HEIGHT - 8, "name", heading(chart.x()))
        + "<text class=\"name\" transform=\"translate(13 %s) rotate(-90)\">%s</text>\n"
            .formatted(number(middle), Markup.text(heading(chart.y())));
  }

  private String curve(Curve curve, int index) {
    StringBuilder svg = new StringBuilder("<g class=\"c%d\">\n".formatted(index % COLOURS));
    for (List<Point> run : runs(curve)) {
      svg.append(run.size() == 1 ? dot(run.get(0)) : polyline(run, index));
    }
    return svg.append("</g>\n").toString();
  }

  private String polyline(List<Point> run, int index) {
    String points =
        run.stream()
            .map(point -> number(left(point.x())) + "," + number(top(point.y())))
            .collect(Collectors.joining(" "));
    return "<polyline%s points=\"%s\"/>\n".formatted(dashes(index), points);
  }

  /** A value between two gaps would not be seen as a line. */
  private String dot(Point point) {
    return "<circle cx=\"%s\" cy=\"%s\" r=\"2.5\"/>\n"
        .formatted(number(left(point.x())), number(top(point.y())));
  }

  /** What lies between gaps. */
  private static List<List<Point>> runs(Curve curve) {
    List<List<Point>> runs = new ArrayList<>();
    boolean open = false;
    for (Point point : curve.points()) {
      boolean there = Double.isFinite(point.x()) && Double.isFinite(point.y());
      if (there && !open) {
        runs.add(new ArrayList<>());
      }
      if (there) {
        runs.get(runs.size() - 1).add(point);
      }
      open = there;
    }
    return runs;
  }

  private String legend() {
    StringBuilder html = new StringBuilder("<ul class=\"legend\">\n");
    for (int index = 0; index < chart.curves().size(); index++) {
      html.append(
          "<li><svg class=\"key c%d\" viewBox=\"0 0 36 10\" aria-hidden=\"true\"><polyline%s points=\"0,5 36,5\"/></svg>%s</li>\n"
              .formatted(
                  index % COLOURS, dashes(index), Markup.text(chart.curves().get(index).name())));
    }
    return html.append("</ul>\n").toString();
  }

  private static String dashes(int index) {
    String dashes = DASHES.get(index % DASHES.size());
    return dashes.isEmpty() ? "" : " stroke-dasharray=\"" + dashes + "\"";
  }

  private static String line(double x1, double y1, double x2, double y2) {
    return "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
        .formatted(number(x1), number(y1), number(x2), number(y2));
  }

  private static String text(double x, double y, String kind, String text) {
    String attribute = kind.isEmpty() ? "" : " class=\"" + kind + "\"";
    return "<text%s x=\"%s\" y=\"%s\">%s</text>\n"
        .formatted(attribute, number(x), number(y), Markup.text(text));
  }

  private double left(double value) {
    return LEFT + x.position(value) * (RIGHT - LEFT);
  }

  private double top(double value) {
    return BOTTOM - y.position(value) * (BOTTOM - TOP);
  }

  private Ticks ticks(Axis axis, ToDoubleFunction<Point> coordinate) {
    return Ticks.of(
        axis.scale(),
        chart.curves().stream()
            .flatMap(curve -> curve.points().stream())
            .map(coordinate::applyAsDouble)
            .toList());
  }

  private static String heading(Axis axis) {
    return new Measure(axis.name(), axis.unit()).heading();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
