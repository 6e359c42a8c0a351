package io.vestibule.app;

/** How fast a gateway that ends sends its doors elsewhere. */
final class DrainPace {
  /** However many doors there are. */
  static final int SECONDS_MAX = 15;

  /** Of these, what is left for doors that were busy when they were first asked to leave. */
  private static final int BUSY_SECONDS = 2;

  private static final int DOORS_PER_SECOND = 1_000;

  private DrainPace() {}

  /** What the next gateway can take, and faster only where that would take too long. */
  static int doorsPerSecond(int doorCount) {
    return Math.max(DOORS_PER_SECOND, doorCount / (SECONDS_MAX - BUSY_SECONDS));
  }
}
