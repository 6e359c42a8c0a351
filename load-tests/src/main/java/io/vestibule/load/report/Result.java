package io.vestibule.load.report;

import java.util.List;

/** What a scenario found: figures, which are judged, and charts to look at. */
public record Result(List<Figure> figures, List<Chart> charts) {
  public static Result of(List<Figure> figures) {
    return new Result(figures, List.of());
  }
}
