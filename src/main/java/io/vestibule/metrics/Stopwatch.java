package io.vestibule.metrics;

/** One series of a timing, looked up once for a path on which that matters. */
@FunctionalInterface
public interface Stopwatch {
  /** One more duration, in nanoseconds; what is negative is not recorded. */
  void record(long nanos);

  /** The same, with the trace that it was measured in. */
  default void record(long nanos, Exemplar exemplar) {
    if (exemplar.equals(Exemplar.NONE)) {
      record(nanos);
    } else {
      Exemplars.within(exemplar, () -> record(nanos));
    }
  }
}
