package io.vestibule.simulation;

import java.time.Duration;
import java.util.PriorityQueue;

/** What happens when: one thing after the other, on simulated time. */
final class Agenda {
  private record Entry(long atNanos, long order, Runnable work) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(atNanos, other.atNanos);
      return byTime == 0 ? Long.compare(order, other.order) : byTime;
    }
  }

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long nowNanos;
  private long orderNext;

  /** Since the beginning. */
  Duration now() {
    return Duration.ofNanos(nowNanos);
  }

  void after(Duration wait, Runnable work) {
    long at = nowNanos + Math.max(0, wait.toNanos());
    entries.add(new Entry(at, orderNext++, work));
  }

  void at(Duration moment, Runnable work) {
    after(moment.minus(now()), work);
  }

  /** Does what comes next, if it comes before that moment. */
  boolean step(Duration until) {
    Entry next = entries.peek();
    if (next == null || next.atNanos() >= until.toNanos()) {
      nowNanos = Math.max(nowNanos, until.toNanos());
      return false;
    }
    entries.remove();
    nowNanos = next.atNanos();
    next.work().run();
    return true;
  }
}
