package io.vestibule.load.report;

/** The most, or the least, that a figure may be. */
public record Bound(Side side, double limit, Kind kind) {
  /** On which side of the limit a figure keeps it; the limit itself does, on both. */
  public enum Side {
    AT_MOST("≤", "max"),
    AT_LEAST("≥", "min");

    private final String sign;
    private final String member;

    Side(String sign, String member) {
      this.sign = sign;
      this.member = member;
    }

    /** Between a measure and its limit. */
    String sign() {
      return sign;
    }

    /** The limit's name in JSON. */
    String member() {
      return member;
    }
  }

  /** What could break a bound besides the product. */
  public enum Kind {
    /** A busy machine: judged only where the run is long enough. */
    TIMING,
    /** Nothing: judged always. */
    EXACT
  }

  public static Bound timing(double max) {
    return new Bound(Side.AT_MOST, max, Kind.TIMING);
  }

  public static Bound timingAtLeast(double min) {
    return new Bound(Side.AT_LEAST, min, Kind.TIMING);
  }

  public static Bound exact(double max) {
    return new Bound(Side.AT_MOST, max, Kind.EXACT);
  }

  public static Bound exactAtLeast(double min) {
    return new Bound(Side.AT_LEAST, min, Kind.EXACT);
  }

  /** What is not a number was not measured, and keeps no bound. */
  boolean keptBy(double value) {
    return side == Side.AT_MOST ? value <= limit : value >= limit;
  }

  /** As a reader of a table sees it: {@code p99 ≤ 2}, {@code rate ≥ 8,000}. */
  String of(Measure measure) {
    return measure.name() + " " + side.sign() + " " + Table.number(limit);
  }
}
