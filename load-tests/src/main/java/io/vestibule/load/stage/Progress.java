package io.vestibule.load.stage;

import java.io.PrintWriter;
import java.time.Duration;

/** Says on stderr what a run is at, and how far, but not too often. */
public final class Progress {
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final PrintWriter err;
  private long saidAt = System.nanoTime();

  public Progress(PrintWriter err) {
    this.err = err;
  }

  public void say(String what) {
    err.println("load-tests: " + what);
    err.flush();
    saidAt = System.nanoTime();
  }

  /** Said only if nothing was for a while. */
  public void count(String what, int done, int of) {
    if (System.nanoTime() - saidAt >= EVERY.toNanos() || done == of) {
      say("%s: %d of %d".formatted(what, done, of));
    }
  }
}
