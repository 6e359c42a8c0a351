package io.vestibule.unlock;

import static java.util.Objects.requireNonNull;

import io.vestibule.concurrent.AnyThread;
import io.vestibule.concurrent.LimitedLog;
import io.vestibule.metrics.Meters;
import io.vestibule.metrics.Stopwatch;
import io.vestibule.metrics.Timing;
import io.vestibule.time.Time;
import io.vestibule.tracing.Trace;
import io.vestibule.tracing.Tracing;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts, times and follows requests; every series is looked up once. A bug in it is logged and
 * changes nothing for the request: an answer or a door that opens must not hang on a number.
 */
@AnyThread
final class UnlockMeter {
  private static final Logger LOG = LoggerFactory.getLogger(UnlockMeter.class);
  private static final Duration LOG_EVERY = Duration.ofSeconds(10);

  private final Time time;
  private final Tracing tracing;
  private final LimitedLog log;
  private final Map<Edge, EdgeSeries> edges = new EnumMap<>(Edge.class);
  private final Map<Stage, Stopwatch> stages = new EnumMap<>(Stage.class);

  UnlockMeter(Meters meters, Tracing tracing, Time time) {
    this.time = time;
    this.tracing = tracing;
    this.log = new LimitedLog(LOG, time, LOG_EVERY);
    for (Edge edge : Edge.values()) {
      edges.put(edge, new EdgeSeries(meters, edge));
    }
    for (Stage stage : Stage.values()) {
      stages.put(stage, meters.stopwatch(Timing.UNLOCK_STAGE_DURATION, stage.code()));
    }
  }

  /** A request that has just come in. */
  Journey begin(Submission submission) {
    return new Journey(this, submission, trace(submission));
  }

  private Trace trace(Submission submission) {
    try {
      return tracing.begin(submission.edge().code(), submission.traceparent());
    } catch (RuntimeException bug) {
      met(bug);
      return Trace.none();
    }
  }

  /** Runs what measures or traces; never throws. */
  void measure(Runnable part) {
    try {
      part.run();
    } catch (RuntimeException bug) {
      met(bug);
    }
  }

  private void met(RuntimeException bug) {
    log.error("the measuring of an unlock met a bug; the unlock goes on", bug);
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
