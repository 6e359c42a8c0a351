package io.vestibule.metrics;

/** One value of one count of the catalogue, looked up once for a path on which that matters. */
public interface Tally {
  /** One more. */
  void add();
}
