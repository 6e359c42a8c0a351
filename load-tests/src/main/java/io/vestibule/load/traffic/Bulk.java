package io.vestibule.load.traffic;

import io.netty.buffer.Unpooled;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Progress;
import io.vestibule.load.wire.HttpRequest;
import io.vestibule.load.wire.Refusal;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Many calls of the API, over all connections at once; each must be answered well. */
final class Bulk {
  /** So many that no connection waits for the next call. */
  private static final int OPEN_MAX = 2 * Callers.CONNECTIONS;

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
  private static final int OK_MAX = 299;

  private final Loop loop;
  private final Callers callers;

  Bulk(Loop loop, Callers callers) {
    this.loop = loop;
    this.callers = callers;
  }

  /** The calls by number, from 0; ends with the first that fails. */
  void run(String what, int count, IntFunction<HttpRequest> request, Progress progress)
      throws CannotRun {
    Batch batch = new Batch();
    for (int number = 0; number < count; number++) {
      batch.room(what, 1);
      Caller.Call call =
          new Caller.Call(
              Unpooled.wrappedBuffer(request.apply(number).bytes()), System.nanoTime(), -1, batch);
      loop.executor().execute(() -> callers.call(call));
      progress.count(what, batch.doneCount.get(), count + 1);
    }
    batch.room(what, OPEN_MAX);
    progress.count(what, count, count);
  }

  /** Calls that are under way. */
  private static final class Batch implements Callers.Listener {
    private final Semaphore room = new Semaphore(OPEN_MAX);
    private final AtomicInteger doneCount = new AtomicInteger();
    private final AtomicReference<@Nullable String> fault = new AtomicReference<>();

    /** Waits until so many more may be under way. */
    void room(String what, int permits) throws CannotRun {
      try {
        if (!room.tryAcquire(permits, ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
          throw new CannotRun(what + ": no answer within " + ANSWER_LIMIT.toSeconds() + " s");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CannotRun("interrupted");
      }
      String why = fault.get();
      if (why != null) {
        throw new CannotRun(what + ": not all, " + why);
      }
    }

    @Override
    public void answered(Caller.Call call, int status, String body) {
      if (status > OK_MAX) {
        fault.compareAndSet(null, Refusal.line("one", status, body));
      }
      doneCount.incrementAndGet();
      room.release();
    }

    @Override
    public void lost(Caller.Call call, String why) {
      fault.compareAndSet(null, why);
      room.release();
    }
  }
}
