package io.vestibule.load.decision;

import java.util.List;

/** How far a run goes into each question. */
enum Depth {
  FULL(5, new Jmh.Effort(3, 5, "1s")),
  QUICK(1, new Jmh.Effort(3, 1, "400ms"));

  private final int rounds;
  private final Jmh.Effort effort;

  Depth(int rounds, Jmh.Effort effort) {
    this.rounds = rounds;
    this.effort = effort;
  }

  int rounds() {
    return rounds;
  }

  Jmh.Effort effort() {
    return effort;
  }

  List<Town> townSizes() {
    return this == FULL ? List.of(Town.values()) : List.of(Town.ONE_RULE, Town.TEN_THOUSAND_RULES);
  }

  List<Integer> hitDoorCounts() {
    return this == FULL ? List.of(10_000, 1_000_000) : List.of(10_000);
  }

  int retainedDoorCount() {
    return this == FULL ? 1_000_000 : 100_000;
  }

  int retainedCourierCount() {
    return this == FULL ? 100_000 : 10_000;
  }

  int retainedBuildingCount() {
    return this == FULL ? 10_000 : 2_000;
  }

  int coldCount() {
    return this == FULL ? 10_000 : 500;
  }
}
