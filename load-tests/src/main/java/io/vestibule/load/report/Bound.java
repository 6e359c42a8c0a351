package io.vestibule.load.report;

/** The most that a figure may be. */
public record Bound(double max, Kind kind) {
  /** What could break a bound besides the product. */
  public enum Kind {
    /** A busy machine: judged only where the run is long enough. */
    TIMING,
    /** Nothing: judged always. */
    EXACT
  }

  public static Bound timing(double max) {
    return new Bound(max, Kind.TIMING);
  }

  public static Bound exact(double max) {
    return new Bound(max, Kind.EXACT);
  }

  /** What is not a number was not measured, and keeps no bound. */
  boolean keptBy(double value) {
    return value <= max;
  }
}
