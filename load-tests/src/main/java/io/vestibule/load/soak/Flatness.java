package io.vestibule.load.soak;

import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Figure;
import io.vestibule.load.report.Medians;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether what was sampled at even distances grows. Of each few samples the least counts, since
 * what happened to be alive lies above what is kept. Growth is the median slope of all pairs of
 * these floors (Theil-Sen), and what it is at most, with 95 % confidence, is the slope of so many
 * pairs as noise alone would explain (after Sen, by Kendall's statistic). Neither asks how the
 * noise is spread; both take it that a floor tells nothing of the next.
 *
 * @param middle the median of the middle third, in the samples' unit
 * @param last the median of the last third
 * @param perHour not a number where there are too few samples
 * @param perHourAtMost so too
 */
record Flatness(double middle, double last, double perHour, double perHourAtMost) {
  /** With fewer, noise alone could explain any slope. */
  static final int SAMPLES_MIN = 11;

  private static final int FLOOR_OF = 2;
  private static final int FLOORS_MIN = 5;

  /** One in so many samples, at the beginning, is warm-up. */
  private static final int WARM_UP_PART = 10;

  private static final double ONE_SIDED_95 = 1.645;
  private static final double HOUR_MS = 3.6e6;

  static String method() {
    return "Theil-Sen through the least of each %d samples after the first tenth; at most: with 95 %% confidence"
        .formatted(FLOOR_OF);
  }

  static Flatness of(List<Double> samples, Duration every) {
    int third = samples.size() / 3;
    double floorHours = FLOOR_OF * every.toMillis() / HOUR_MS;
    double[] slopes = slopes(floors(samples));
    return new Flatness(
        Medians.of(samples.subList(third, samples.size() - third)),
        Medians.of(samples.subList(samples.size() - third, samples.size())),
        Medians.of(Arrays.stream(slopes).boxed().toList()) / floorHours,
        atMost(slopes) / floorHours);
  }

  List<Figure> thirds(Figure.Subject subject, String unit) {
    return List.of(
        subject.figure("middle third", unit, middle), subject.figure("last third", unit, last));
  }

  List<Figure> growth(Figure.Subject subject, String unit) {
    return List.of(
        subject.figure("growth", unit + "/h", perHour),
        subject.figure("at most", unit + "/h", perHourAtMost));
  }

  /**
   * The same, held to it.
   *
   * @param perHourMax the growth that must be ruled out
   */
  List<Figure> growth(Figure.Subject subject, String unit, double perHourMax) {
    return List.of(
        subject.figure("growth", unit + "/h", perHour),
        subject.figure("at most", unit + "/h", perHourAtMost, Bound.timing(perHourMax)));
  }

  /** None where one of the samples is not a number. */
  private static List<Double> floors(List<Double> samples) {
    List<Double> warm = samples.subList(samples.size() / WARM_UP_PART, samples.size());
    List<Double> floors = new ArrayList<>();
    for (int from = warm.size() % FLOOR_OF; from < warm.size(); from += FLOOR_OF) {
      floors.add(Collections.min(warm.subList(from, from + FLOOR_OF)));
    }
    return samples.contains(Double.NaN) ? List.of() : floors;
  }

  /** From each floor to each later one, by the distance of two neighbours; from the least up. */
  private static double[] slopes(List<Double> floors) {
    if (floors.size() < FLOORS_MIN) {
      return new double[0];
    }
    return IntStream.range(0, floors.size())
        .boxed()
        .flatMapToDouble(
            early ->
                IntStream.range(early + 1, floors.size())
                    .mapToDouble(late -> (floors.get(late) - floors.get(early)) / (late - early)))
        .sorted()
        .toArray();
  }

  private static double atMost(double[] slopes) {
    if (slopes.length == 0) {
      return Double.NaN;
    }
    // So many floors have so many pairs.
    double count = (1 + Math.sqrt(1 + 8.0 * slopes.length)) / 2;
    double spread = ONE_SIDED_95 * Math.sqrt(count * (count - 1) * (2 * count + 5) / 18);
    int rank = (int) Math.ceil((slopes.length + spread) / 2 + 1);
    return slopes[Math.min(rank, slopes.length) - 1];
  }
}
