package io.vestibule.load.report;

import java.util.List;

/**
 * What a scenario found: figures, which are judged, and charts to look at.
 *
 * @param leftOut what it can measure and did not, as it was told; a reader must know it first
 */
public record Result(List<Figure> figures, List<Chart> charts, List<String> leftOut) {
  public Result(List<Figure> figures, List<Chart> charts) {
    this(figures, charts, List.of());
  }

  public static Result of(List<Figure> figures) {
    return new Result(figures, List.of());
  }
}
