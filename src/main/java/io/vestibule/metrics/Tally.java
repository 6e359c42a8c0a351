package io.vestibule.metrics;

/** One series of a count, looked up once for a path on which that matters. */
public interface Tally {
  /** One more. */
  void add();
}
