package io.vestibule.load.stage;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** So many threads that share numbered pieces of work, and the longest that they may take. */
public record Crew(int handCount, Duration limit) {
  /** One thread's part in it. */
  public interface Hand extends AutoCloseable {
    void work(int number) throws IOException;

    @Override
    default void close() throws IOException {}
  }

  /** Makes a hand on the thread that it is to work on. */
  public interface Hiring {
    Hand hire() throws IOException;
  }

  /** Each number once, both ends included; ends with the first that fails. */
  public void run(Progress progress, String what, int first, int last, Hiring hiring)
      throws CannotRun {
    AtomicInteger next = new AtomicInteger(first);
    AtomicInteger done = new AtomicInteger();
    int count = last - first + 1;
    ExecutorService threads = Executors.newFixedThreadPool(handCount);
    try {
      List<Future<Void>> hands = new ArrayList<>();
      for (int hand = 0; hand < handCount; hand++) {
        hands.add(threads.submit(part(next, last, done, hiring)));
      }
      await(hands, what, () -> sayHowFar(progress, what, done.get(), count));
    } finally {
      threads.shutdownNow();
    }
    progress.count(what, done.get(), count);
  }

  private static Callable<Void> part(
      AtomicInteger next, int last, AtomicInteger done, Hiring hiring) {
    return () -> {
      try (Hand hand = hiring.hire()) {
        for (int number = next.getAndIncrement(); number <= last; number = next.getAndIncrement()) {
          hand.work(number);
          done.getAndIncrement();
        }
        return null;
      } finally {
        // Nothing is left to do, or all is in vain.
        next.set(last + 1);
      }
    };
  }

  private void await(List<Future<Void>> hands, String what, Runnable meanwhile) throws CannotRun {
    boolean ended =
        Waiting.until(
            limit,
            () -> {
              meanwhile.run();
              return hands.stream().allMatch(Future::isDone);
            });
    if (!ended) {
      throw new CannotRun(what + ": not all within " + limit.toSeconds() + " s");
    }
    for (Future<Void> hand : hands) {
      check(hand, what);
    }
  }

  private static void check(Future<Void> hand, String what) throws CannotRun {
    try {
      hand.get();
    } catch (ExecutionException e) {
      throw new CannotRun(what + ": not all", e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotRun("interrupted");
    }
  }

  /** The last word is said once, at the end. */
  private static void sayHowFar(Progress progress, String what, int done, int count) {
    if (done < count) {
      progress.count(what, done, count);
    }
  }
}
