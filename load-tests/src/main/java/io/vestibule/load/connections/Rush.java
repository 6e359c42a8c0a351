package io.vestibule.load.connections;

import io.vestibule.load.report.Figure;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Target;
import io.vestibule.load.traffic.Site;
import io.vestibule.load.traffic.Spending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Until all doors took commands.
 *
 * @param seconds how long that was
 * @param micros processor time by process, the generator's too, in microseconds a door
 */
record Rush(double seconds, Map<String, Double> micros) {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final double NANOS_PER_SECOND = 1e9;

  /** Where it began. */
  record Start(long nanos, Spending driven, Spending own) {
    /** Now. */
    static Start of(Target target) throws CannotRun {
      return new Start(System.nanoTime(), Spending.of(target), Spending.own());
    }
  }

  /** Waits for the end of it. */
  static Rush await(Site site, Target target, Start start) throws CannotRun {
    site.fleet().awaitAll(LIMIT);
    double seconds = (System.nanoTime() - start.nanos()) / NANOS_PER_SECOND;
    Map<String, Double> micros = new TreeMap<>();
    int doors = site.fleet().size();
    micros.putAll(Spending.of(target).microsEach(start.driven(), doors));
    micros.putAll(Spending.own().microsEach(start.own(), doors));
    return new Rush(seconds, micros);
  }

  List<Figure> costs(String name) {
    List<Figure> figures = new ArrayList<>();
    micros.forEach(
        (process, each) ->
            figures.add(
                new Figure.Subject("Processor time of a door that connects", name + ": " + process)
                    .figure("each", "µs", each)));
    return figures;
  }
}
