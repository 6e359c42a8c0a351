package io.vestibule.audit;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.concurrent.Loop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Lets a few reads of logs be under way and the others wait: they are large, and share Redis and
 * its connections with what opens doors.
 */
@AnyThread
final class Turns {
  private final int countMax;
  private final AtomicInteger underway = new AtomicInteger();
  // Bounded by who may read: each has one read at a time.
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  Turns(int countMax) {
    this.countMax = countMax;
  }

  /** Does the work on the caller's event loop when it is its turn, and completes there. */
  <T> Future<T> take(Supplier<Future<T>> work) {
    Loop here = Loop.current();
    Promise<T> answer = Promise.promise();
    waiting.add(() -> here.run(() -> begin(work, answer)));
    startNext();
    return answer.future();
  }

  private <T> void begin(Supplier<Future<T>> work, Promise<T> answer) {
    // Composed, what the work throws is its failure, and gives its turn back.
    Future.succeededFuture()
        .compose(now -> work.get())
        .onComplete(
            done -> {
              underway.decrementAndGet();
              startNext();
              answer.handle(done);
            });
  }

  private void startNext() {
    while (!waiting.isEmpty()) {
      int count = underway.get();
      if (count >= countMax) {
        return; // Whoever ends starts the next.
      }
      if (underway.compareAndSet(count, count + 1)) {
        Runnable next = waiting.poll();
        if (next == null) {
          underway.decrementAndGet(); // Another took it.
        } else {
          next.run();
        }
      }
    }
  }
}
