package io.vestibule.demo;

import io.vestibule.concurrent.LoopConfined;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** What was heard and seen so far. */
@LoopConfined
final class Scoreboard {
  private static final long ROUND_TRIP_MICROS_MAX = Duration.ofSeconds(60).toNanos() / 1_000;
  private static final int REFUSAL_COUNT_MAX = 5;

  private final Histogram roundTripMicros = new Histogram(ROUND_TRIP_MICROS_MAX, 3);
  private final Deque<String> lastRefusals = new ArrayDeque<>();
  private final List<Played> played = new ArrayList<>();
  private final Map<String, Set<String>> openedByDoor = new HashMap<>();
  private final Map<String, Integer> openedAtDoorCounts = new HashMap<>();
  private long refusedCount;
  private long ordinaryOpenedCount;
  private long ordinaryFailedCount;

  /** Notes an answer that somebody heard about a door. */
  Answer heard(String door, Answer answer) {
    if (!answer.opened()) {
      refusedCount++;
      refusal(String.format("%-14s %s", door, answer.text()));
    } else if (answer.unlock().isPresent()) {
      openedByDoor.computeIfAbsent(door, first -> new HashSet<>()).add(answer.unlock().get());
    } else {
      openedAtDoorCounts.merge(door, 1, Integer::sum);
    }
    return answer;
  }

  /** Notes an ordinary delivery, from the post to the answer. */
  void ordinary(Answer answer, Duration roundTrip) {
    if (answer.opened()) {
      ordinaryOpenedCount++;
      roundTripMicros.recordValue(Math.min(ROUND_TRIP_MICROS_MAX, roundTrip.toNanos() / 1_000));
    } else {
      ordinaryFailedCount++;
    }
  }

  /** Notes an ordinary delivery that got no answer. */
  void ordinaryLost(String why) {
    ordinaryFailedCount++;
    refusal("no answer      " + why);
  }

  void played(Played scene) {
    played.add(scene);
  }

  List<Played> played() {
    return List.copyOf(played);
  }

  /** The unlocks that a door was said to have opened for, where the answer named them. */
  Set<String> opened(String door) {
    return Set.copyOf(openedByDoor.getOrDefault(door, Set.of()));
  }

  /** How often a door was said to have opened in answers that came over the door itself. */
  int openedAtTheDoorCount(String door) {
    return openedAtDoorCounts.getOrDefault(door, 0);
  }

  Tally tally() {
    int named = openedByDoor.values().stream().mapToInt(Set::size).sum();
    int unnamed = openedAtDoorCounts.values().stream().mapToInt(Integer::intValue).sum();
    return new Tally(
        named + unnamed,
        refusedCount,
        ordinaryOpenedCount,
        ordinaryFailedCount,
        played.stream().filter(scene -> !scene.asExpected()).count(),
        roundTrip(),
        List.copyOf(lastRefusals));
  }

  /** The figures of a moment. */
  record Tally(
      long openedCount,
      long refusedCount,
      long ordinaryOpenedCount,
      long ordinaryFailedCount,
      long unexpectedCount,
      RoundTrip roundTrip,
      List<String> lastRefusals) {}

  /** Percentiles of the ordinary deliveries' round trips, in milliseconds. */
  record RoundTrip(double p50Ms, double p99Ms, double maxMs) {}

  private RoundTrip roundTrip() {
    return new RoundTrip(
        roundTripMicros.getValueAtPercentile(50) / 1_000.0,
        roundTripMicros.getValueAtPercentile(99) / 1_000.0,
        roundTripMicros.getMaxValue() / 1_000.0);
  }

  private void refusal(String line) {
    lastRefusals.addLast(line);
    if (lastRefusals.size() > REFUSAL_COUNT_MAX) {
      lastRefusals.removeFirst();
    }
  }
}
