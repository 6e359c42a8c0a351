package io.vestibule.load.traffic;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A phase under way; the event loop owns it. */
final class RunningPhase implements Callers.Listener {
  /** Past it an unlock has no answer any more; the gateway's own deadline is 8 s. */
  static final Duration PATIENCE = Duration.ofSeconds(12);

  private static final long LOOK_AGAIN_NANOS = 1_000_000;

  /** What a request meets whose door is away, or goes away with the command. */
  private static final Set<String> OF_ABSENCE = Set.of("door_offline", "door_timed_out");

  private final Parts parts;
  private final Segments segments;
  private final CompletableFuture<PhaseTally> done;
  private @Nullable PhaseTally tally;
  private @Nullable Segment segment;
  private long start;
  private int sentOfSegment;
  private int openCount;
  private boolean over;

  /**
   * What it runs on.
   *
   * @param executor its event loop
   * @param callers takes each request when it is due
   * @param nanoTime as {@link System#nanoTime} counts
   */
  record Parts(
      ScheduledExecutorService executor,
      Consumer<Caller.Call> callers,
      Absences absences,
      LongSupplier nanoTime) {
    long now() {
      return nanoTime.getAsLong();
    }
  }

  RunningPhase(Parts parts, Segments segments, CompletableFuture<PhaseTally> done) {
    this.parts = parts;
    this.segments = segments;
    this.done = done;
  }

  void begin(Duration length) {
    start = parts.now();
    PhaseTally begun = new PhaseTally(length, start);
    tally = begun;
    sendWhatIsDue(begun);
  }

  @Override
  public void answered(Caller.Call call, int status, String body) {
    ended(call, Outcomes.of(status, body));
  }

  @Override
  public void lost(Caller.Call call, String why) {
    ended(call, why);
  }

  private void ended(Caller.Call call, String outcome) {
    PhaseTally running = tally;
    if (over || running == null) {
      return;
    }
    openCount--;
    if (outcome.equals(Outcomes.OPENED)) {
      running.opened(call.due(), parts.now());
    } else if (OF_ABSENCE.contains(outcome) && parts.absences().anySince(call.door(), call.due())) {
      running.absent();
    } else {
      running.failed(outcome, 1, parts.now());
    }
    endIfAllAreAnswered(running);
  }

  private void sendWhatIsDue(PhaseTally running) {
    if (over || done.isDone()) {
      return;
    }
    for (Segment current = current(); current != null; current = current()) {
      long now = parts.now() - start;
      long due = current.due(sentOfSegment);
      if (due > now) {
        again(running, due - now);
        return;
      }
      send(running, current, start + due, now - due);
    }
    if (segments.allTaken()) {
      parts.executor().schedule(() -> end(running), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      endIfAllAreAnswered(running);
    } else {
      again(running, LOOK_AGAIN_NANOS);
    }
  }

  /** The part that has requests left; none where the next is not there. */
  private @Nullable Segment current() {
    while (segment == null || sentOfSegment == segment.count()) {
      if (segment != null) {
        segment.close();
      }
      segment = segments.poll();
      sentOfSegment = 0;
      if (segment == null) {
        return null;
      }
    }
    return segment;
  }

  private void again(PhaseTally running, long nanos) {
    parts.executor().schedule(() -> sendWhatIsDue(running), nanos, TimeUnit.NANOSECONDS);
  }

  private void send(PhaseTally running, Segment current, long dueAt, long nanosLate) {
    sentOfSegment++;
    openCount++;
    running.due(nanosLate);
    int door = current.requests().nextDoor();
    parts.callers().accept(new Caller.Call(current.requests().next(), dueAt, door, this));
  }

  private void endIfAllAreAnswered(PhaseTally running) {
    if (segment == null && segments.allTaken() && openCount == 0) {
      end(running);
    }
  }

  private void end(PhaseTally running) {
    if (over) {
      return;
    }
    over = true;
    if (openCount > 0) {
      running.failed(Outcomes.NO_ANSWER, openCount, parts.now());
    }
    done.complete(running);
  }
}
