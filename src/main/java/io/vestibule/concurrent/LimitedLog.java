package io.vestibule.concurrent;

import io.vestibule.time.Time;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;

/** Lines at a bounded rate: what strangers can cause must not fill the disk. */
@AnyThread
public final class LimitedLog {
  private final Logger log;
  private final Time time;
  private final long everyNanos;
  private final AtomicLong nextNanos;
  private final AtomicLong leftOutCount = new AtomicLong();

  /** At most one line each {@code every}; it says how many were left out before it. */
  public LimitedLog(Logger log, Time time, Duration every) {
    this.log = log;
    this.time = time;
    this.everyNanos = every.toNanos();
    this.nextNanos = new AtomicLong(time.nanoTime());
  }

  /** The text is only made when it is written. */
  public void warn(Supplier<String> text) {
    if (admitted()) {
      long leftOut = leftOutCount.getAndSet(0);
      log.warn(leftOut == 0 ? "{}" : "{} ({} more left out)", text.get(), leftOut);
    }
  }

  /** With its stack. */
  public void error(String text, Throwable bug) {
    if (admitted()) {
      long leftOut = leftOutCount.getAndSet(0);
      log.error(leftOut == 0 ? "{}" : "{} ({} more left out)", text, leftOut, bug);
    }
  }

  private boolean admitted() {
    long now = time.nanoTime();
    long next = nextNanos.get();
    // Subtract before comparing: nanoTime may wrap.
    if (now - next < 0 || !nextNanos.compareAndSet(next, now + everyNanos)) {
      leftOutCount.incrementAndGet();
      return false;
    }
    return true;
  }
}
