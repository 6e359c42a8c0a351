package io.vestibule.testing;

import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Clocks that go only when a test moves them; the wall's can be moved alone. */
public final class SimTime implements Time {
  private final AtomicReference<Instant> now;
  // Near its end, so that every comparison must survive the wrap.
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

  /** From the present. */
  public SimTime() {
    this(Instant.now());
  }

  public SimTime(Instant start) {
    this.now = new AtomicReference<>(start);
  }

  @Override
  public Instant now() {
    return now.get();
  }

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  public void advance(Duration by) {
    nanos.addAndGet(by.toNanos());
    step(by);
  }

  /** The wall clock alone. */
  public void step(Duration by) {
    now.updateAndGet(instant -> instant.plus(by));
  }

  /** The wall clock alone. */
  public void set(Instant to) {
    now.set(to);
  }
}
