package io.vestibule.load.scrape;

import io.vestibule.load.metrics.Exposition;
import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Chart;
import io.vestibule.load.report.Charts;
import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Latencies;
import io.vestibule.load.report.Measure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One door beside many. */
record ScrapeFindings(int doorCount, Reading alone, Reading full) {
  private static final double WORST_MS_MAX = 100;
  private static final double BYTES_PER_KB = 1_000;
  private static final String OF_ONE = "1 door";

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.addAll(figures(OF_ONE, alone, Optional.empty()));
    figures.addAll(figures(ofAll(), full, Optional.of(Bound.timing(WORST_MS_MAX))));
    figures.add(none("the gateway's own series that came or went", changed().size()));
    figures.add(none("connected doors that a scrape does not show", doorCount - connected()));
    return figures;
  }

  List<Chart> charts() {
    Map<String, Latencies> named = new LinkedHashMap<>();
    named.put(OF_ONE, alone.latencies());
    named.put(ofAll(), full.latencies());
    return List.of(Charts.percentiles("A scrape", named));
  }

  private String ofAll() {
    return String.format(Locale.ROOT, "%,d doors", doorCount);
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

  /** So few scrapes have no percentile that tells more than the longest. */
  private static List<Figure> figures(String name, Reading reading, Optional<Bound> worst) {
    Figure.Subject subject = new Figure.Subject("A scrape", name);
    Exposition exposition = reading.exposition();
    Latencies latencies = reading.latencies();
    List<Figure> figures = new ArrayList<>();
    figures.add(subject.figure("count", "", (double) latencies.count()));
    figures.add(subject.figure("p50", "ms", latencies.percentileMs(50)));
    figures.add(new Figure(subject, new Measure("max", "ms"), latencies.percentileMs(100), worst));
    figures.add(subject.figure("size", "KB", exposition.byteCount() / BYTES_PER_KB));
    figures.add(subject.figure("series", "", exposition.seriesCount()));
    figures.add(subject.figure("own series", "", exposition.own().size()));
    return figures;
  }

  private static Figure none(String what, double count) {
    return new Figure.Subject("What the doors add", what)
        .figure("count", "", count, Bound.exact(0));
  }
}
