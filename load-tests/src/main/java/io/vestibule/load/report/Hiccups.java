package io.vestibule.load.report;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Notices when this machine did not run a thread that was due: a pause here is a pause in what is
 * measured beside it, of the generator or of the machine, and not of the gateway.
 */
public final class Hiccups implements AutoCloseable {
  private static final long EVERY_MS = 1;
  private static final double NANOS_PER_MS = 1e6;

  private final Thread probe = new Thread(this::run, "hiccups");
  private final AtomicReference<Pauses> pauses = new AtomicReference<>(Pauses.NONE);

  private volatile boolean counting = true;

  /** One that nobody watches for. */
  Hiccups() {}

  public static Hiccups watch() {
    Hiccups hiccups = new Hiccups();
    hiccups.probe.setDaemon(true);
    hiccups.probe.start();
    return hiccups;
  }

  /** What was before counts no longer: the measurement begins now. */
  public void forget() {
    pauses.set(Pauses.NONE);
    counting = true;
  }

  /** What happens until {@link #resume} does not count: nothing is measured meanwhile. */
  public void rest() {
    counting = false;
  }

  public void resume() {
    counting = true;
  }

  public Pauses pauses() {
    return Objects.requireNonNull(pauses.get());
  }

  @Override
  public void close() {
    probe.interrupt();
  }

  void paused(double ms) {
    if (counting) {
      pauses.updateAndGet(until -> until.and(ms));
    }
  }

  private void run() {
    try {
      while (true) {
        long before = System.nanoTime();
        Thread.sleep(EVERY_MS);
        long late = System.nanoTime() - before - Duration.ofMillis(EVERY_MS).toNanos();
        paused(late / NANOS_PER_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
