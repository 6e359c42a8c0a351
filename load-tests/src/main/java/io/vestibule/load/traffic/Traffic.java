package io.vestibule.load.traffic;

import io.vestibule.load.stage.CannotRun;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Puts one phase after the other on what is driven: open loop, each request when it is due. */
public final class Traffic {
  private static final Duration SLACK = Duration.ofSeconds(10);

  private final Loop loop;
  private final Callers callers;
  private final Itinerary itinerary;
  private final Absences absences;

  Traffic(Loop loop, Callers callers, City city, Absences absences) {
    this.loop = loop;
    this.callers = callers;
    this.itinerary = new Itinerary(city, 1);
    this.absences = absences;
  }

  /** What one phase is: for how long, and when requests are due. */
  public record Phase(Duration length, Arrivals arrivals) {
    public static Phase steady(Duration length, double perSecond, long seed) {
      return new Phase(length, Arrivals.steady(perSecond, seed));
    }
  }

  /** What is done right before a phase. */
  public interface Ready {
    void now() throws CannotRun;
  }

  /** A phase from its signing to its last answer. */
  public PhaseTally run(Phase phase) throws CannotRun {
    return run(phase, () -> {});
  }

  /**
   * The same.
   *
   * @param ready what is done after signing, right before the first request
   */
  public PhaseTally run(Phase phase, Ready ready) throws CannotRun {
    try (Segments segments = new Segments(phase, itinerary)) {
      ready.now();
      CompletableFuture<PhaseTally> done = new CompletableFuture<>();
      RunningPhase.Parts parts =
          new RunningPhase.Parts(loop.executor(), callers::call, absences, System::nanoTime);
      RunningPhase running = new RunningPhase(parts, segments, done);
      segments.begin(done::completeExceptionally);
      loop.executor().execute(() -> running.begin(phase.length()));
      PhaseTally tally = await(done, phase.length());
      // What was too late for an answer is no load on what comes next.
      loop.executor().execute(() -> callers.forget(running));
      return tally;
    }
  }

  private static PhaseTally await(CompletableFuture<PhaseTally> done, Duration length)
      throws CannotRun {
    Duration limit = length.plus(RunningPhase.PATIENCE).plus(SLACK);
    try {
      return done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new CannotRun("the generator hangs: a phase did not end within " + limit);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a phase failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted");
    }
  }
}
