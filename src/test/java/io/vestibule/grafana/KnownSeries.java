package io.vestibule.grafana;

import io.vestibule.metrics.Borrowed;
import io.vestibule.metrics.Catalogue;
import io.vestibule.metrics.Distribution;
import io.vestibule.metrics.Metric;
import io.vestibule.metrics.Tag;
import io.vestibule.metrics.Timing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The series that expressions may read: the catalogue's, some of libraries, and what is recorded.
 */
final class KnownSeries {
  /** Prometheus' own: no target's labels are sure to be in them. */
  private static final String OF_PROMETHEUS =
      """
      up gauge
      ALERTS gauge alertname alertstate severity
      """;

  /** Where a series comes from, and so which labels tell whose it is. */
  enum Origin {
    GATEWAY,
    RECORDED,
    PROMETHEUS
  }

  /**
   * One series name.
   *
   * @param rows the values that its labels have together; empty where they are not of a closed set
   */
  record Series(
      Origin origin,
      boolean counter,
      List<String> labels,
      List<List<String>> rows,
      Set<String> bounds) {
    boolean has(String label) {
      return labels.contains(label)
          || Set.of("job", "instance").contains(label)
          || (label.equals("le") && !bounds.isEmpty());
    }

    /** Of a label of a closed set. */
    Optional<Set<String>> values(String label) {
      if (label.equals("le")) {
        return Optional.of(bounds);
      }
      int column = labels.indexOf(label);
      return column < 0 || rows.isEmpty()
          ? Optional.empty()
          : Optional.of(Set.copyOf(rows.stream().map(row -> row.get(column)).toList()));
    }
  }

  private final Map<String, Series> byName = new HashMap<>();

  KnownSeries(List<String> recorded) {
    Catalogue.all().forEach(this::add);
    Arrays.stream(Borrowed.values()).forEach(this::add);
    OF_PROMETHEUS.lines().forEach(line -> add(Origin.PROMETHEUS, line));
    recorded.forEach(name -> add(Origin.RECORDED, name + " gauge"));
  }

  Optional<Series> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  private void add(Origin origin, String line) {
    List<String> words = List.of(line.split(" "));
    boolean counter = words.get(1).equals("counter");
    List<String> labels = words.subList(2, words.size());
    byName.put(words.get(0), new Series(origin, counter, labels, List.of(), Set.of()));
  }

  private void add(Metric metric) {
    String name = metric.prometheusName();
    if (!metric.type().equals("histogram")) {
      byName.put(name, series(metric, metric.type().equals("counter"), Set.of()));
      return;
    }
    byName.put(name + "_bucket", series(metric, true, bounds(metric)));
    byName.put(name + "_sum", series(metric, true, Set.of()));
    byName.put(name + "_count", series(metric, true, Set.of()));
    byName.put(name + "_max", series(metric, false, Set.of()));
  }

  private void add(Borrowed borrowed) {
    String name = borrowed.prometheusName();
    if (!borrowed.type().equals("summary")) {
      byName.put(name, series(borrowed, borrowed.type().equals("counter")));
      return;
    }
    byName.put(name + "_sum", series(borrowed, true));
    byName.put(name + "_count", series(borrowed, true));
    byName.put(name + "_max", series(borrowed, false));
  }

  /** The values of its labels are the JVM's: not of a closed set. */
  private static Series series(Borrowed borrowed, boolean counter) {
    return new Series(Origin.GATEWAY, counter, borrowed.labels(), List.of(), Set.of());
  }

  private static Series series(Metric metric, boolean counter, Set<String> bounds) {
    List<String> labels = metric.spec().tags().stream().map(Tag::key).toList();
    boolean closed = metric.spec().tags().stream().noneMatch(tag -> tag.all().isEmpty());
    List<List<String>> rows = closed ? metric.spec().rows() : List.of();
    return new Series(Origin.GATEWAY, counter, labels, rows, bounds);
  }

  private static Set<String> bounds(Metric metric) {
    List<String> bounds = new ArrayList<>(List.of("+Inf"));
    upper(metric).map(Objects::toString).forEach(bounds::add);
    return Set.copyOf(bounds);
  }

  private static Stream<Double> upper(Metric metric) {
    return metric instanceof Timing timing
        ? timing.buckets().stream().map(bound -> bound.toNanos() / 1e9)
        : ((Distribution) metric).buckets().stream();
  }
}
