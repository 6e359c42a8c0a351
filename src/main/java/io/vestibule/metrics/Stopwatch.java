package io.vestibule.metrics;

/** One series of a timing, looked up once for a path on which that matters. */
public interface Stopwatch {
  /** One more duration, in nanoseconds; what is negative is not recorded. */
  void record(long nanos);
}
