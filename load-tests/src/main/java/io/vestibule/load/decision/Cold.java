package io.vestibule.load.decision;

import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Figure;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Redis;
import java.util.List;
import java.util.Properties;

/** A decision of which nothing is in memory. */
final class Cold {
  private static final String SECTION = "Cold, without signature; Redis beside it";
  private static final String MAIN = "io.vestibule.bench.ColdDecision";
  private static final Bound ONE = Bound.exact(1);

  private final Bench bench;

  Cold(Bench bench) {
    this.bench = bench;
  }

  List<Figure> figures(Redis redis, int count) throws CannotRun {
    Properties values = bench.values("cold", MAIN, "" + redis.port(), "" + count);
    Figure.Subject emptied =
        new Figure.Subject(SECTION, "a door that connected or was asked for before");
    Figure.Subject unknown =
        new Figure.Subject(SECTION, "a door that this node never met, so not connected to it");
    Figure.Subject get = new Figure.Subject(SECTION, "one plain GET");
    return List.of(
        emptied.figure("round trips", "", Bench.number(values, "trips.emptied"), ONE),
        emptied.figure("p50", "µs", Bench.number(values, "p50.emptied")),
        unknown.figure("round trips", "", Bench.number(values, "trips.new")),
        unknown.figure("p50", "µs", Bench.number(values, "p50.new")),
        get.figure("p50", "µs", Bench.number(values, "p50.get")));
  }
}
