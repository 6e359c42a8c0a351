package io.vestibule.unlock;

import static java.util.Objects.requireNonNull;

import io.vestibule.concurrent.AnyThread;
import io.vestibule.metrics.Meters;
import io.vestibule.metrics.Stopwatch;
import io.vestibule.metrics.Timing;
import io.vestibule.time.Time;
import io.vestibule.tracing.Tracing;
import java.util.EnumMap;
import java.util.Map;

/** Counts, times and follows requests; every series is looked up once. */
@AnyThread
final class UnlockMeter {
  private final Time time;
  private final Tracing tracing;
  private final Map<Edge, EdgeSeries> edges = new EnumMap<>(Edge.class);
  private final Map<Stage, Stopwatch> stages = new EnumMap<>(Stage.class);

  UnlockMeter(Meters meters, Tracing tracing, Time time) {
    this.time = time;
    this.tracing = tracing;
    for (Edge edge : Edge.values()) {
      edges.put(edge, new EdgeSeries(meters, edge));
    }
    for (Stage stage : Stage.values()) {
      stages.put(stage, meters.stopwatch(Timing.UNLOCK_STAGE_DURATION, stage.code()));
    }
  }

  /** A request that has just come in. */
  Journey begin(Submission submission) {
    return new Journey(
        this, submission, tracing.begin(submission.edge().code(), submission.traceparent()));
  }

  long nanoTime() {
    return time.nanoTime();
  }

  EdgeSeries of(Edge edge) {
    return requireNonNull(edges.get(edge));
  }

  Stopwatch of(Stage stage) {
    return requireNonNull(stages.get(stage));
  }
}
