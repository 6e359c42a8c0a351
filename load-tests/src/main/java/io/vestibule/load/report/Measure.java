package io.vestibule.load.report;

/** What is measured of a subject, and in which unit; the unit of a mere number is empty. */
public record Measure(String name, String unit) {
  String heading() {
    return unit.isEmpty() ? name : name + ", " + unit;
  }
}
