package io.vestibule.unlock;

import io.vestibule.access.Reason;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.tracing.Trace;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One request on its way: what came in and when, the stage it is in, and the trace that follows it.
 * It goes with the request from loop to loop and is never used by two at once.
 */
final class Journey {
  private static final Logger LOG = LoggerFactory.getLogger(Journey.class);

  private final UnlockMeter meter;
  private final Submission submission;
  private final Trace trace;
  private final long beganNanos;
  private @Nullable Stage stage;
  private long enteredNanos;

  Journey(UnlockMeter meter, Submission submission, Trace trace) {
    this.meter = meter;
    this.submission = submission;
    this.trace = trace;
    this.beganNanos = meter.nanoTime();
  }

  Submission submission() {
    return submission;
  }

  /** The stage that it is in is over and the next begins. */
  void enter(Stage next) {
    long now = meter.nanoTime();
    leave(now);
    stage = next;
    enteredNanos = now;
  }

  /** The stage that it is in is over; what follows belongs to none. */
  void leave() {
    leave(meter.nanoTime());
  }

  private void leave(long nowNanos) {
    Stage over = stage;
    if (over != null) {
      stage = null;
      long from = enteredNanos;
      meter.measure(() -> meter.of(over).record(nowNanos - from, trace.exemplar()));
      meter.measure(() -> trace.stage(over.code(), from, nowNanos));
    }
  }

  /** It ends with its answer, or with the outcome of the attempt that it led to. */
  void answered(Answer answer) {
    if (answer instanceof Answer.Underway underway) {
      follow(underway);
    } else if (answer instanceof Answer.Denied denied) {
      end(series().denied(denied.reason()), null);
    }
  }

  private void follow(Answer.Underway underway) {
    meter.measure(() -> trace.attempt(underway.attempt().unlock(), underway.replayed()));
    underway
        .outcome()
        .onComplete(
            outcome -> ended(outcome.why(), underway), failure -> unclosed(failure, underway));
  }

  private void ended(Optional<Reason> why, Answer.Underway underway) {
    EdgeSeries.Ending ending = why.map(series()::denied).orElseGet(series()::opened);
    if (underway.replayed()) {
      meter.measure(() -> series().replayed().add());
      over(ending, underway, meter.nanoTime());
    } else {
      end(ending, underway);
    }
  }

  private void unclosed(Throwable failure, Answer.Underway underway) {
    if (failure instanceof StoreUnavailable) {
      ended(Optional.of(Reason.STORE_UNAVAILABLE), underway);
    } else {
      end(series().broken(), underway);
    }
  }

  /** It met a bug, of which whoever asked is told. */
  void broke() {
    end(series().broken(), null);
  }

  private void end(EdgeSeries.Ending ending, Answer.@Nullable Underway underway) {
    long now = meter.nanoTime();
    meter.measure(() -> ending.tally().add());
    meter.measure(() -> ending.stopwatch().record(now - beganNanos, trace.exemplar()));
    over(ending, underway, now);
  }

  private void over(EdgeSeries.Ending ending, Answer.@Nullable Underway underway, long nowNanos) {
    leave(nowNanos);
    if (LOG.isDebugEnabled()) {
      meter.measure(() -> tell(ending, underway));
    }
    meter.measure(
        () -> trace.end(ending.result().code(), ending.reason(), ending.byFault(), nowNanos));
  }

  /** One line, with the ids by which somebody looks for it. */
  private void tell(EdgeSeries.Ending ending, Answer.@Nullable Underway underway) {
    LoggingEventBuilder line = LOG.atDebug();
    if (underway != null) {
      line = line.addKeyValue("unlock", underway.attempt().unlock().text());
    }
    if (submission.door().isPresent()) {
      line = line.addKeyValue("door", submission.door().get().text());
    }
    line.addKeyValue("edge", submission.edge().code())
        .addKeyValue("outcome", ending.result().code())
        .addKeyValue("reason", ending.reason())
        .addKeyValue("replayed", underway != null && underway.replayed())
        .log("unlock over");
  }

  private EdgeSeries series() {
    return meter.of(submission.edge());
  }
}
