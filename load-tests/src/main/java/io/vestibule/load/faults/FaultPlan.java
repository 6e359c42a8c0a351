package io.vestibule.load.faults;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Draws faults by a seed: every kind once, in random order, before any comes again. */
final class FaultPlan {
  private static final Span DELAY = new Span(Duration.ofMillis(5), Duration.ofMillis(250));

  private final Random random;
  private final List<FaultKind> kinds;
  private final int nodeCount;
  private final Span calm;
  private final Span lasting;
  private final Deque<FaultKind> deck = new ArrayDeque<>();

  /** From the shorter to the longer. */
  record Span(Duration min, Duration max) {
    Duration draw(Random random) {
      return min.plusMillis((long) (random.nextDouble() * max.minus(min).toMillis()));
    }
  }

  FaultPlan(long seed, List<FaultKind> kinds, int nodeCount, boolean quick) {
    this.random = new Random(seed);
    this.kinds = List.copyOf(kinds);
    this.nodeCount = nodeCount;
    this.calm = quick ? span(300, 900) : span(2_000, 6_000);
    this.lasting = quick ? span(200, 1_000) : span(200, 6_000);
  }

  Fault next() {
    if (deck.isEmpty()) {
      List<FaultKind> shuffled = new ArrayList<>(kinds);
      Collections.shuffle(shuffled, random);
      deck.addAll(shuffled);
    }
    return new Fault(
        deck.remove(),
        random.nextInt(nodeCount),
        lasting.draw(random),
        DELAY.draw(random),
        calm.draw(random));
  }

  private static Span span(long fromMs, long toMs) {
    return new Span(Duration.ofMillis(fromMs), Duration.ofMillis(toMs));
  }
}
