package io.vestibule.load.decision;

import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Figure;
import io.vestibule.load.stage.CannotRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Finding one entry that is in memory. */
final class CacheHits {
  private static final String SECTION = "A hit of the near cache, counted, at random";
  private static final Bound MEAN_NS = Bound.timing(100);

  /** Of more doors than these the processor's cache holds too few: each hit waits for memory. */
  private static final int BOUNDED_DOOR_COUNT = 10_000;

  private final Jmh jmh;
  private final Jmh.Effort effort;

  CacheHits(Jmh jmh, Jmh.Effort effort) {
    this.jmh = jmh;
    this.effort = effort;
  }

  List<Figure> figures(List<Integer> doorCounts) throws CannotRun {
    String counts = doorCounts.stream().map(String::valueOf).collect(Collectors.joining(","));
    Jmh.Results results =
        jmh.run("hits", effort, new Jmh.Choice("CacheHitBenchmark", Map.of("doorCount", counts)));
    List<Figure> figures = new ArrayList<>();
    for (int doorCount : doorCounts) {
      double mean = results.of("hit", Map.of("doorCount", "" + doorCount)).mean();
      Figure.Subject subject =
          new Figure.Subject(SECTION, String.format(Locale.ROOT, "among %,d doors", doorCount));
      figures.add(
          doorCount <= BOUNDED_DOOR_COUNT
              ? subject.figure("mean", "ns", mean, MEAN_NS)
              : subject.figure("mean", "ns", mean));
    }
    return figures;
  }
}
