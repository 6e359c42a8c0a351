package io.vestibule.load.report;

import io.vestibule.load.report.Chart.Axis;
import io.vestibule.load.report.Chart.Curve;
import io.vestibule.load.report.Chart.Scale;
import java.util.List;
import java.util.Map;

/** The charts that several scenarios draw. */
public final class Charts {
  static final Axis LATENCY = new Axis("latency", "ms", Scale.LOGARITHMIC);

  private static final Axis PERCENTILE = new Axis("percentile", "%", Scale.NINES);

  private Charts() {}

  /** How long what share took, a curve each, in the map's order; one without a value is empty. */
  public static Chart percentiles(String title, Map<String, Latencies> named) {
    List<Curve> curves =
        named.entrySet().stream()
            .map(entry -> new Curve(entry.getKey(), entry.getValue().percentiles()))
            .toList();
    return new Chart(title, PERCENTILE, LATENCY, curves);
  }
}
