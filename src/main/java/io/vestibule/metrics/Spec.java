package io.vestibule.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * What is fixed of a metric.
 *
 * @param name dotted; the unit and Prometheus' endings are not in it
 * @param rows the values that its tags have together, one row a series
 */
public record Spec(
    String name, String description, Unit unit, List<Tag> tags, List<List<String>> rows) {

  /** With every value of each tag together with every value of the others. */
  static Spec of(String name, String description, Unit unit, Tag... tags) {
    List<List<String>> rows = List.of(List.of());
    for (Tag tag : tags) {
      rows = times(rows, tag);
    }
    return new Spec(name, description, unit, List.of(tags), rows);
  }

  boolean takes(List<String> values) {
    if (values.size() != tags.size()) {
      return false;
    }
    for (int index = 0; index < values.size(); index++) {
      if (!tags.get(index).takes(values.get(index))) {
        return false;
      }
    }
    return true;
  }

  private static List<List<String>> times(List<List<String>> rows, Tag tag) {
    List<List<String>> more = new ArrayList<>();
    for (List<String> row : rows) {
      for (String value : tag.all()) {
        List<String> longer = new ArrayList<>(row);
        longer.add(value);
        more.add(List.copyOf(longer));
      }
    }
    return List.copyOf(more);
  }
}
