package io.vestibule.load.traffic;

import io.netty.channel.EventLoop;
import io.vestibule.load.stage.CannotRun;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Puts one phase after the other on what is driven: open loop, each request when it is due. */
public final class Traffic {
  /** Past it an unlock has no answer any more; the gateway's own deadline is 8 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(12);

  private static final Duration SLACK = Duration.ofSeconds(10);

  private final Loop loop;
  private final Callers callers;
  private final Itinerary itinerary;

  public Traffic(Loop loop, Callers callers, City city) {
    this.loop = loop;
    this.callers = callers;
    this.itinerary = new Itinerary(city, 1);
  }

  /** What one phase is: for how long, and when requests are due. */
  public record Phase(Duration length, Arrivals arrivals) {
    long[] due() {
      long[] due = new long[1_024];
      int count = 0;
      for (long at = arrivals.next(); at < length.toNanos(); at = arrivals.next()) {
        if (count == due.length) {
          due = Arrays.copyOf(due, count * 2);
        }
        due[count++] = at;
      }
      return Arrays.copyOf(due, count);
    }
  }

  /** A phase from its signing to its last answer. */
  public Tally run(Phase phase) throws CannotRun {
    return run(phase, () -> {});
  }

  /**
   * The same.
   *
   * @param ready what is done after signing, right before the first request
   */
  public Tally run(Phase phase, Runnable ready) throws CannotRun {
    long[] due = phase.due();
    try (SignedRequests requests = SignedRequests.make(itinerary, due.length)) {
      ready.run();
      Play play = new Play(phase.length(), due, requests);
      loop.executor().execute(play::begin);
      return await(play.done, phase.length());
    }
  }

  private static Tally await(CompletableFuture<Tally> done, Duration length) throws CannotRun {
    Duration limit = length.plus(PATIENCE).plus(SLACK);
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

  /** A phase under way; the event loop owns it. */
  private final class Play implements Callers.Listener {
    private final CompletableFuture<Tally> done = new CompletableFuture<>();
    private final EventLoop executor = loop.executor();
    private final long[] due;
    private final SignedRequests requests;
    private final Tally tally;
    private long start;
    private int sentCount;
    private int openCount;
    private boolean over;

    Play(Duration length, long[] due, SignedRequests requests) {
      this.tally = new Tally(length);
      this.due = due;
      this.requests = requests;
    }

    void begin() {
      start = System.nanoTime();
      sendWhatIsDue();
    }

    @Override
    public void answered(long dueAt, String outcome) {
      if (over) {
        return;
      }
      tally.answered(outcome, System.nanoTime() - dueAt);
      openCount--;
      endIfAllAreAnswered();
    }

    private void sendWhatIsDue() {
      long now = System.nanoTime() - start;
      while (sentCount < due.length && due[sentCount] <= now) {
        send(start + due[sentCount]);
        now = System.nanoTime() - start;
      }
      if (sentCount < due.length) {
        executor.schedule(this::sendWhatIsDue, due[sentCount] - now, TimeUnit.NANOSECONDS);
      } else {
        executor.schedule(this::end, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        endIfAllAreAnswered();
      }
    }

    private void send(long dueAt) {
      sentCount++;
      openCount++;
      tally.due();
      callers.call(new Caller.Call(requests.next(), dueAt, this));
    }

    private void endIfAllAreAnswered() {
      if (sentCount == due.length && openCount == 0) {
        end();
      }
    }

    private void end() {
      if (over) {
        return;
      }
      over = true;
      if (openCount > 0) {
        tally.failed(Outcomes.NO_ANSWER, openCount);
      }
      done.complete(tally);
    }
  }
}
