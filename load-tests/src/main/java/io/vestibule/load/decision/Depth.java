package io.vestibule.load.decision;

import java.util.List;

/** How far a run goes into each question. */
enum Depth {
  FULL(new Jmh.Effort(1, 3, 5, "1s"), new Jmh.Effort(3, 6, 20, "500ms")),
  QUICK(new Jmh.Effort(1, 3, 1, "400ms"), new Jmh.Effort(1, 4, 4, "300ms"));

  private final Jmh.Effort effort;
  private final Jmh.Effort inTurn;

  Depth(Jmh.Effort effort, Jmh.Effort inTurn) {
    this.effort = effort;
    this.inTurn = inTurn;
  }

  Jmh.Effort effort() {
    return effort;
  }

  /** Of two that are measured in turn: counts are even, iterations short. */
  Jmh.Effort inTurn() {
    return inTurn;
  }

  List<TownSize> townSizes() {
    return this == FULL ? List.of(TownSize.values()) : List.of(TownSize.TEN_THOUSAND_RULES);
  }

  List<Integer> hitDoorCounts() {
    return this == FULL ? List.of(10_000, 1_000_000) : List.of(10_000);
  }

  int retainedDoorCount() {
    return this == FULL ? 1_000_000 : 40_000;
  }

  int retainedCourierCount() {
    return this == FULL ? 100_000 : 20_000;
  }

  int retainedBuildingCount() {
    return this == FULL ? 10_000 : 2_000;
  }

  int coldCount() {
    return this == FULL ? 10_000 : 300;
  }
}
