package io.vestibule.load.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Figures that stand in one table: a line a subject, a column a measure, in order of coming. */
record Section(String title, List<Measure> measures, List<Line> lines) {
  /** The figures of one subject. */
  record Line(String name, List<Figure> figures) {
    /** Its value of the measure; empty where it has none. */
    Optional<Figure> figure(Measure measure) {
      return figures.stream().filter(figure -> figure.measure().equals(measure)).findFirst();
    }

    /** As text; empty where nothing is bounded. */
    String bounds() {
      return figures.stream()
          .flatMap(figure -> figure.bound().stream().map(bound -> bound.of(figure.measure())))
          .collect(Collectors.joining(", "));
    }

    /** By measure, of those that have a bound. */
    Map<String, Verdict> verdicts(Judge judge) {
      Map<String, Verdict> verdicts = new LinkedHashMap<>();
      figures.stream()
          .filter(figure -> figure.bound().isPresent())
          .forEach(figure -> verdicts.put(figure.measure().name(), judge.verdict(figure)));
      return verdicts;
    }
  }

  static List<Section> of(List<Figure> figures) {
    return grouped(figures, figure -> figure.subject().section()).entrySet().stream()
        .map(section -> of(section.getKey(), section.getValue()))
        .toList();
  }

  private static Section of(String title, List<Figure> figures) {
    List<Measure> measures = figures.stream().map(Figure::measure).distinct().toList();
    List<Line> lines =
        grouped(figures, figure -> figure.subject().name()).entrySet().stream()
            .map(subject -> new Line(subject.getKey(), subject.getValue()))
            .toList();
    return new Section(title, measures, lines);
  }

  private static Map<String, List<Figure>> grouped(
      List<Figure> figures, Function<Figure, String> by) {
    return figures.stream()
        .collect(Collectors.groupingBy(by, LinkedHashMap::new, Collectors.toList()));
  }
}
