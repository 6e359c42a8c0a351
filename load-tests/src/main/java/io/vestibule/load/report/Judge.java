package io.vestibule.load.report;

import java.util.List;

/** Holds figures against their bounds; a quick run is too short to judge times. */
public record Judge(boolean quick) {
  public Verdict verdict(Figure figure) {
    if (figure.bound().isEmpty()) {
      return Verdict.UNBOUNDED;
    }
    Bound bound = figure.bound().get();
    if (quick && bound.kind() == Bound.Kind.TIMING) {
      return Verdict.NOT_JUDGED;
    }
    return bound.keptBy(figure.value()) ? Verdict.OK : Verdict.MISSED;
  }

  public List<Figure> missed(List<Figure> figures) {
    return figures.stream().filter(figure -> verdict(figure) == Verdict.MISSED).toList();
  }
}
