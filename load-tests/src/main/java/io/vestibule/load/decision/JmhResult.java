package io.vestibule.load.decision;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Collectors;

/** One benchmark's line in what JMH writes; times are in the benchmark's unit. */
record JmhResult(
    String benchmark, Map<String, String> params, double mean, double p50, double bytes) {

  /**
   * Not a number is what was not measured: percentiles without sampling, bytes without the
   * profiler.
   */
  static JmhResult read(JsonNode json) {
    String name = json.path("benchmark").asText();
    JsonNode primary = json.path("primaryMetric");
    return new JmhResult(
        name.substring(name.lastIndexOf('.') + 1),
        json.path("params")
            .propertyStream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().asText())),
        number(primary.path("score")),
        number(primary.path("scorePercentiles").path("50.0")),
        number(json.path("secondaryMetrics").path("gc.alloc.rate.norm").path("score")));
  }

  private static double number(JsonNode node) {
    return node.asDouble(Double.NaN);
  }
}
