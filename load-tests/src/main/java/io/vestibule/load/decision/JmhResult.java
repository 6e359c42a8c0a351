package io.vestibule.load.decision;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One benchmark's line in what JMH writes; times are in the benchmark's unit.
 *
 * @param iterationP50s of each iteration, in order, forks one after the other
 */
record JmhResult(
    String benchmark,
    Map<String, String> params,
    double mean,
    double p50,
    List<Double> iterationP50s,
    double bytes) {

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
        iterationP50s(primary.path("rawDataHistogram")),
        number(json.path("secondaryMetrics").path("gc.alloc.rate.norm").path("score")));
  }

  private static List<Double> iterationP50s(JsonNode forks) {
    List<Double> p50s = new ArrayList<>();
    for (JsonNode fork : forks) {
      for (JsonNode iteration : fork) {
        p50s.add(p50(iteration));
      }
    }
    return p50s;
  }

  /** Of pairs of a value and how often it was sampled. */
  private static double p50(JsonNode pairs) {
    TreeMap<Double, Long> counts = new TreeMap<>();
    pairs.forEach(pair -> counts.merge(pair.path(0).asDouble(), pair.path(1).asLong(), Long::sum));
    long half = counts.values().stream().mapToLong(Long::longValue).sum() / 2;
    long seen = 0;
    for (Map.Entry<Double, Long> count : counts.entrySet()) {
      seen += count.getValue();
      if (seen > half) {
        return count.getKey();
      }
    }
    return Double.NaN;
  }

  private static double number(JsonNode node) {
    return node.asDouble(Double.NaN);
  }
}
