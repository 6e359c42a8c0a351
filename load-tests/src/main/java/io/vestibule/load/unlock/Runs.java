package io.vestibule.load.unlock;

import io.vestibule.load.report.Latencies;
import io.vestibule.load.report.Medians;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.traffic.Stretch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The same rate several times. */
record Runs(double rate, List<Stretch> stretches) {
  static Runs run(Driven driven, double rate, Duration length, int count) throws CannotRun {
    List<Stretch> stretches = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      Stretch stretch = driven.run(rate, length);
      driven.say(" at %.0f/s, %d of %d: %s".formatted(rate, number, count, stretch.shown()));
      stretches.add(stretch);
    }
    return new Runs(rate, List.copyOf(stretches));
  }

  double median(ToDoubleFunction<Stretch> value) {
    return Medians.of(stretches, value);
  }

  double percentileMs(double percentile) {
    return median(stretch -> stretch.tally().latencies().percentileMs(percentile));
  }

  double microsInAll() {
    return median(Stretch::microsEachInAll);
  }

  double micros(String process) {
    return median(stretch -> stretch.microsEach().getOrDefault(process, Double.NaN));
  }

  int failureCount() {
    return stretches.stream().mapToInt(stretch -> stretch.tally().failureCount()).sum();
  }

  int unmatchedCount() {
    return stretches.stream().mapToInt(Stretch::unmatchedCount).sum();
  }

  Map<String, Integer> failures() {
    Map<String, Integer> failures = new TreeMap<>();
    for (Stretch stretch : stretches) {
      stretch.tally().failures().forEach((why, count) -> failures.merge(why, count, Integer::sum));
    }
    return failures;
  }

  /** Of all of them together. */
  Latencies latencies() {
    Latencies all = new Latencies();
    stretches.forEach(stretch -> all.add(stretch.tally().latencies()));
    return all;
  }
}
