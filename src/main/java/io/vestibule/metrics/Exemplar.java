package io.vestibule.metrics;

/** The trace in which something was measured; OpenMetrics shows it beside the measurement. */
public record Exemplar(String traceId, String spanId) {
  /** Of what no trace follows. */
  public static final Exemplar NONE = new Exemplar("", "");
}
