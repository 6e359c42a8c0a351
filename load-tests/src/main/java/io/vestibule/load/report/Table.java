package io.vestibule.load.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    StringBuilder text = new StringBuilder();
    Section.of(figures).forEach(section -> text.append(section(section)).append('\n'));
    return text.toString();
  }

  private String section(Section section) {
    List<List<String>> lines = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of(section.title()));
    section.measures().forEach(measure -> heading.add(measure.heading()));
    heading.addAll(List.of("bound", ""));
    lines.add(heading);
    section.lines().forEach(line -> lines.add(cells(line, section.measures())));
    return aligned(lines);
  }

  private List<String> cells(Section.Line line, List<Measure> measures) {
    List<String> cells = new ArrayList<>(List.of(line.name()));
    for (Measure measure : measures) {
      cells.add(line.figure(measure).map(figure -> number(figure.value())).orElse(""));
    }
    cells.add(line.bounds());
    cells.add(verdicts(line.verdicts(judge)));
    return cells;
  }

  /** One word for a line whose figures fare alike, else a word for each that has a bound. */
  private static String verdicts(Map<String, Verdict> verdicts) {
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
}
