package io.vestibule.load.traffic;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which doors of a fleet take commands, and which the generator itself has taken away. The event
 * loop owns it; any thread may ask how many are here.
 */
final class Attendance implements Absences {
  private final AtomicInteger hereCount = new AtomicInteger();
  private final boolean[] here;

  /** Meant to be away. */
  private final boolean[] sentAway;

  /** Away because it was meant to be, until it takes commands again. */
  private final boolean[] absent;

  /** When its last absence ended, as {@link System#nanoTime} counts; 0 if it had none. */
  private final long[] backAt;

  Attendance(int doorCount) {
    this.here = new boolean[doorCount];
    this.sentAway = new boolean[doorCount];
    this.absent = new boolean[doorCount];
    this.backAt = new long[doorCount];
  }

  /** It takes commands from now on. */
  void arrived(int door, long now) {
    here[door] = true;
    hereCount.incrementAndGet();
    if (absent[door]) {
      absent[door] = false;
      backAt[door] = now;
    }
  }

  /** It takes none; whether it did until now. */
  boolean left(int door) {
    boolean was = here[door];
    here[door] = false;
    if (was) {
      hereCount.decrementAndGet();
    }
    return was;
  }

  /** It is to stay away until it is called back. */
  void sentAway(int door) {
    sentAway[door] = true;
    absent[door] = true;
  }

  /** It may come again, and is absent until it has. */
  void calledBack(int door) {
    sentAway[door] = false;
  }

  boolean here(int door) {
    return here[door];
  }

  boolean mayCome(int door) {
    return !sentAway[door];
  }

  int hereCount() {
    return hereCount.get();
  }

  @Override
  public boolean anySince(int door, long since) {
    return absent[door] || (backAt[door] != 0 && backAt[door] - since >= 0);
  }
}
