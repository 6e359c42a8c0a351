package io.vestibule.load.decision;

import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Figure;
import io.vestibule.load.stage.CannotRun;
import java.util.List;
import java.util.Locale;

/** What a cached entry takes of the heap, with its key and what the cache needs for it. */
final class RetainedHeap {
  private static final String SECTION = "Heap that a cached entry retains, key and cache included";
  private static final String MAIN = "io.vestibule.bench.Retained";
  private static final Bound DOOR_BYTES = Bound.exact(200);
  private static final Bound COURIER_BYTES = Bound.exact(600);
  private static final Bound BUILDING_BYTES = Bound.exact(4_096);

  private final Bench bench;

  RetainedHeap(Bench bench) {
    this.bench = bench;
  }

  List<Figure> figures(Depth depth) throws CannotRun {
    return List.of(
        figure("a door", "doors", depth.retainedDoorCount(), DOOR_BYTES),
        figure("a courier with one key", "couriers", depth.retainedCourierCount(), COURIER_BYTES),
        figure(
            "a building with 10 rules",
            "buildings",
            depth.retainedBuildingCount(),
            BUILDING_BYTES));
  }

  private Figure figure(String title, String kind, int count, Bound bound) throws CannotRun {
    double bytes = Bench.number(bench.values("retained-" + kind, MAIN, kind, "" + count), "bytes");
    String name = String.format(Locale.ROOT, "%s, of %,d", title, count);
    return new Figure.Subject(SECTION, name).figure("size", "bytes", bytes, bound);
  }
}
