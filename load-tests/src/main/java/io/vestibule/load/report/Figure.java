package io.vestibule.load.report;

import java.util.Optional;

/** One measured value, with its bound where there is one. */
public record Figure(Subject subject, Measure measure, double value, Optional<Bound> bound) {
  /** What a value is of: a line in a section of the table. */
  public record Subject(String section, String name) {
    public Figure figure(String measure, String unit, double value) {
      return new Figure(this, new Measure(measure, unit), value, Optional.empty());
    }

    public Figure figure(String measure, String unit, double value, Bound bound) {
      return new Figure(this, new Measure(measure, unit), value, Optional.of(bound));
    }
  }
}
