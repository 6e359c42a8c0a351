package io.vestibule.load.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Figures as text: a table a section, a line a subject, a column a measure. */
public final class Table {
  private static final String GAP = "  ";
  private static final double LARGE = 100;
  private static final double MIDDLING = 10;

  private final Judge judge;

  public Table(Judge judge) {
    this.judge = judge;
  }

  public String render(List<Figure> figures) {
    Map<String, List<Figure>> sections = grouped(figures, figure -> figure.subject().section());
    StringBuilder text = new StringBuilder();
    sections.forEach((title, inside) -> text.append(section(title, inside)).append('\n'));
    return text.toString();
  }

  private String section(String title, List<Figure> figures) {
    List<Measure> measures = figures.stream().map(Figure::measure).distinct().toList();
    List<List<String>> lines = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of(title));
    measures.forEach(measure -> heading.add(measure.heading()));
    heading.addAll(List.of("bound", ""));
    lines.add(heading);
    grouped(figures, figure -> figure.subject().name())
        .forEach((name, subject) -> lines.add(line(name, subject, measures)));
    return aligned(lines);
  }

  private List<String> line(String name, List<Figure> figures, List<Measure> measures) {
    List<String> cells = new ArrayList<>(List.of(name));
    for (Measure measure : measures) {
      cells.add(
          figures.stream()
              .filter(figure -> figure.measure().equals(measure))
              .map(figure -> number(figure.value()))
              .findFirst()
              .orElse(""));
    }
    cells.add(bounds(figures));
    cells.add(verdicts(figures));
    return cells;
  }

  private static String bounds(List<Figure> figures) {
    return figures.stream()
        .flatMap(figure -> figure.bound().stream().map(bound -> bound.of(figure.measure())))
        .collect(Collectors.joining(", "));
  }

  /** One word for a line whose figures fare alike, else a word for each that has a bound. */
  private String verdicts(List<Figure> figures) {
    Map<String, Verdict> verdicts = new LinkedHashMap<>();
    for (Figure figure : figures) {
      if (figure.bound().isPresent()) {
        verdicts.put(figure.measure().name(), judge.verdict(figure));
      }
    }
    Collection<Verdict> all = verdicts.values();
    if (all.stream().distinct().count() == 1) {
      return all.iterator().next().code();
    }
    return verdicts.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue().code())
        .collect(Collectors.joining(", "));
  }

  /** Three significant digits or so; a whole number without a fraction. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "none";
    }
    if (value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    double size = Math.abs(value);
    String format = size >= LARGE ? "%,.0f" : size >= MIDDLING ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  /** The first column and the last two to the left, numbers to the right. */
  private static String aligned(List<List<String>> lines) {
    int columns = lines.get(0).size();
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        boolean left = column == 0 || column >= columns - 2;
        row.append(padded(line.get(column), width(lines, column), left)).append(GAP);
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
  }

  private static String padded(String text, int width, boolean left) {
    String padding = " ".repeat(width - text.length());
    return left ? text + padding : padding + text;
  }

  private static Map<String, List<Figure>> grouped(
      List<Figure> figures, Function<Figure, String> by) {
    return figures.stream()
        .collect(Collectors.groupingBy(by, LinkedHashMap::new, Collectors.toList()));
  }
}
