package io.vestibule.simulation;

import java.util.Map;
import java.util.TreeMap;

/** How often what came to pass, over all seeds: what never happens is not tested. */
final class Happened {
  private final Map<String, Integer> counts = new TreeMap<>();

  void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  int count(String what, boolean yes) {
    return yes ? counts.merge(what, 1, Integer::sum) : 0;
  }

  int of(String what) {
    return counts.getOrDefault(what, 0);
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
