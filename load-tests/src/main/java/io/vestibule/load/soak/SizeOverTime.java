package io.vestibule.load.soak;

import io.vestibule.load.report.Chart;
import io.vestibule.load.report.Chart.Axis;
import io.vestibule.load.report.Chart.Scale;
import io.vestibule.load.report.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A gateway's size, sampled over time, and whether it grows.
 *
 * @param every the distance of two samples
 * @param unlocksPerSecond the load that it was under
 */
record SizeOverTime(List<Sample> samples, Duration every, int unlocksPerSecond) {
  static final double HEAP_MB_PER_HOUR_MAX = 72;
  static final double DIRECT_MB_PER_HOUR_MAX = 1;

  private static final double BYTES_PER_MB = 1e6;
  private static final double SECONDS_PER_HOUR = 3_600;

  List<Figure> figures() {
    String size = "The gateway's size after a collection";
    Flatness heap = flatness(Sample::heap);
    Flatness direct = flatness(Sample::direct);
    Flatness resident = flatness(Sample::resident);
    Flatness files = flatness(Sample::files);
    List<Figure> figures = new ArrayList<>();
    figures.addAll(heap.thirds(new Figure.Subject(size, "heap"), "MB"));
    figures.addAll(direct.thirds(new Figure.Subject(size, "direct memory"), "MB"));
    figures.addAll(resident.thirds(new Figure.Subject(size, "resident memory"), "MB"));
    figures.addAll(files.thirds(new Figure.Subject("Open files and sockets", "gateway"), ""));
    if (judged()) {
      String growth = growth();
      figures.addAll(heap.growth(new Figure.Subject(growth, "heap"), "MB", HEAP_MB_PER_HOUR_MAX));
      figures.addAll(
          direct.growth(new Figure.Subject(growth, "direct memory"), "MB", DIRECT_MB_PER_HOUR_MAX));
      figures.addAll(resident.growth(new Figure.Subject(growth, "resident memory"), "MB"));
    }
    return figures;
  }

  /** What is tolerated is told in what an unlock would have to leave behind, too. */
  private String growth() {
    double bytes = HEAP_MB_PER_HOUR_MAX * BYTES_PER_MB / SECONDS_PER_HOUR / unlocksPerSecond;
    return "Its growth: %s; %.0f MB/h are %.0f bytes an unlock"
        .formatted(Flatness.method(), HEAP_MB_PER_HOUR_MAX, bytes);
  }

  private boolean judged() {
    return samples.size() >= Flatness.SAMPLES_MIN;
  }

  List<String> leftOut() {
    return judged()
        ? List.of()
        : List.of(
            "growth, which takes %d samples and had %d"
                .formatted(Flatness.SAMPLES_MIN, samples.size()));
  }

  private Flatness flatness(ToDoubleFunction<Sample> value) {
    return Flatness.of(samples.stream().map(value::applyAsDouble).toList(), every);
  }

  List<Chart> charts() {
    return List.of(
        chart(
            "Memory after collection",
            "memory",
            "MB",
            Map.of("heap", Sample::heap, "direct", Sample::direct)),
        chart("Resident memory", "memory", "MB", Map.of("resident", Sample::resident)),
        chart("Open files", "files", "", Map.of("files", Sample::files)));
  }

  private Chart chart(
      String title, String name, String unit, Map<String, ToDoubleFunction<Sample>> values) {
    return new Chart(
        title,
        new Axis("time", "s", Scale.LINEAR),
        new Axis(name, unit, Scale.LINEAR),
        values.entrySet().stream()
            .map(
                value ->
                    new Chart.Curve(
                        value.getKey(),
                        samples.stream()
                            .map(
                                sample ->
                                    new Chart.Point(
                                        sample.second(), value.getValue().applyAsDouble(sample)))
                            .toList()))
            .toList());
  }
}
