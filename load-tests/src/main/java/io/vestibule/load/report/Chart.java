package io.vestibule.load.report;

import java.util.List;

/** What a report draws: lines over one pair of axes. */
public record Chart(String title, Axis x, Axis y, List<Curve> curves) {
  /** How values are laid out along an axis. */
  public enum Scale {
    LINEAR,
    /** By powers of ten. */
    LOGARITHMIC,
    /** Per cent from 0 to below 100, each further nine as wide as the one before. */
    NINES
  }

  /** What an axis shows, and in which unit; the unit of a mere number is empty. */
  public record Axis(String name, String unit, Scale scale) {}

  /** One line, by the name in the legend. */
  public record Curve(String name, List<Point> points) {}

  /** In the axes' units; where y is not a number, the line has a gap. */
  public record Point(double x, double y) {}
}
