package io.vestibule.load.report;

import java.time.Duration;

/**
 * Notices when this machine did not run a thread that was due: a pause here is a pause in what is
 * measured beside it, of the generator or of the machine, and not of the gateway.
 */
public final class Hiccups implements AutoCloseable {
  /** A pause above this makes a report say so at its top. */
  public static final Duration WORTH_A_WARNING = Duration.ofMillis(50);

  private static final long EVERY_MS = 1;
  private static final double NANOS_PER_MS = 1e6;

  private final Thread probe = new Thread(this::run, "hiccups");
  private volatile long worstNanos;

  private Hiccups() {}

  public static Hiccups watch() {
    Hiccups hiccups = new Hiccups();
    hiccups.probe.setDaemon(true);
    hiccups.probe.start();
    return hiccups;
  }

  /** What was before counts no longer: the measurement begins now. */
  public void forget() {
    worstNanos = 0;
  }

  public double worstMs() {
    return worstNanos / NANOS_PER_MS;
  }

  @Override
  public void close() {
    probe.interrupt();
  }

  private void run() {
    try {
      while (true) {
        long before = System.nanoTime();
        Thread.sleep(EVERY_MS);
        long late = System.nanoTime() - before - Duration.ofMillis(EVERY_MS).toNanos();
        worstNanos = Math.max(worstNanos, late);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
