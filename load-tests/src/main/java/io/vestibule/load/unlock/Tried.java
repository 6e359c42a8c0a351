package io.vestibule.load.unlock;

import io.vestibule.load.traffic.Stretch;
import java.util.Map;

/**
 * What one step of the search for the highest rate saw.
 *
 * @param rate a second
 * @param micros processor time of an unlock by process, in microseconds; empty where nobody tells
 */
record Tried(double rate, double p99Ms, Map<String, Double> micros) {
  static Tried at(double rate, Stretch stretch) {
    double p99 = stretch.tally().latencies().percentileMs(99);
    return new Tried(rate, p99, Map.copyOf(stretch.microsEach()));
  }
}
