package io.vestibule.load.traffic;

/** Which doors the generator itself had taken away, and when. */
interface Absences {
  /**
   * Whether a door was away at any time since then; on the event loop.
   *
   * @param since as {@link System#nanoTime} counts
   */
  boolean anySince(int door, long since);
}
