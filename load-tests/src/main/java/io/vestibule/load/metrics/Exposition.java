package io.vestibule.load.metrics;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a scrape showed: values by series, which is a name with its labels; and its size. */
public record Exposition(Map<String, Double> values, int byteCount) {
  /** The others are of the JVM and libraries, and come when there is something to tell. */
  private static final String OWN = "vestibule_";

  /** Of Prometheus' text format without timestamps; throws where a line has no value. */
  public static Exposition parse(String text) {
    Map<String, Double> values = new HashMap<>();
    text.lines()
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(line -> put(values, line));
    return new Exposition(values, text.getBytes(StandardCharsets.UTF_8).length);
  }

  public int seriesCount() {
    return values.size();
  }

  /** The series of the gateway's own. */
  public Set<String> own() {
    return values.keySet().stream()
        .filter(series -> series.startsWith(OWN))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Over all labels; not a number when there is no such series. */
  public double sum(String name) {
    return sum(name, new String[0]);
  }

  /**
   * Over the series whose labels have all of these texts in them; not a number when there is none.
   */
  public double sum(String name, String... labels) {
    return values.entrySet().stream()
        .filter(entry -> name.equals(entry.getKey().split("\\{", 2)[0]))
        .filter(entry -> Arrays.stream(labels).allMatch(entry.getKey()::contains))
        .map(Map.Entry::getValue)
        .reduce(Double::sum)
        .orElse(Double.NaN);
  }

  /** A label's value may have spaces in it; the series' has none. */
  private static void put(Map<String, Double> values, String line) {
    int gap = line.lastIndexOf(' ');
    values.put(line.substring(0, gap), number(line.substring(gap + 1)));
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
