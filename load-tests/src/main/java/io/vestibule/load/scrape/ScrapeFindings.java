package io.vestibule.load.scrape;

import io.vestibule.load.metrics.Exposition;
import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Figure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One door beside many. */
record ScrapeFindings(int doorCount, Reading alone, Reading full) {
  private static final double WORST_MS_MAX = 100;
  private static final double BYTES_PER_KB = 1_000;

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.addAll(figures("1 door", alone));
    figures.addAll(
        figures(String.format(Locale.ROOT, "%,d doors", doorCount), full).stream()
            .map(ScrapeFindings::bounded)
            .toList());
    figures.add(none("the gateway's own series that came or went", changed().size()));
    figures.add(none("connected doors that a scrape does not show", doorCount - connected()));
    return figures;
  }

  /** The gateway's own series that only one of the two readings shows. */
  private Set<String> changed() {
    Set<String> before = alone.exposition().own();
    Set<String> after = full.exposition().own();
    Set<String> changed = new HashSet<>(before);
    changed.addAll(after);
    changed.removeIf(series -> before.contains(series) && after.contains(series));
    return changed;
  }

  private double connected() {
    return full.exposition().sum("vestibule_doors_connected");
  }

  private static List<Figure> figures(String name, Reading reading) {
    Figure.Subject subject = new Figure.Subject("A scrape", name);
    Exposition exposition = reading.exposition();
    List<Figure> figures = new ArrayList<>(reading.latencies().figures(subject));
    figures.add(subject.figure("size", "KB", exposition.byteCount() / BYTES_PER_KB));
    figures.add(subject.figure("series", "", exposition.seriesCount()));
    figures.add(subject.figure("own series", "", exposition.own().size()));
    return figures;
  }

  private static Figure bounded(Figure figure) {
    return figure.measure().name().equals("max")
        ? figure
            .subject()
            .figure("max", figure.measure().unit(), figure.value(), Bound.timing(WORST_MS_MAX))
        : figure;
  }

  private static Figure none(String what, double count) {
    return new Figure.Subject("What the doors add", what)
        .figure("count", "", count, Bound.exact(0));
  }
}
