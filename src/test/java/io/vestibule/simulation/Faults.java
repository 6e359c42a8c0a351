package io.vestibule.simulation;

import java.time.Duration;
import java.util.SplittableRandom;

/** Draws what befalls each call to Redis; the same seed draws the same. */
final class Faults {
  private static final Duration OVER = Duration.ofSeconds(6);

  private final SplittableRandom random;
  private final World world;

  /** Of a thousand calls; drawn once a seed, so that some seeds are calm and others are not. */
  private final int lossesPerMille;

  private boolean over;
  private Duration latest = Duration.ofSeconds(-100);

  Faults(SplittableRandom random, World world) {
    this.random = random;
    this.world = world;
    this.lossesPerMille = random.nextInt(4) == 0 ? 0 : random.nextInt(40);
  }

  /** From now on all goes well. */
  void end() {
    over = true;
  }

  boolean over() {
    return over;
  }

  /** How long all went well for, on every line. */
  Duration quietFor() {
    return world.agenda.now().minus(latest);
  }

  /** Something went wrong, or will until then. */
  void noted(Duration until) {
    latest = latest.compareTo(until) < 0 ? until : latest;
  }

  Duration lineTime() {
    return Duration.ofNanos(50_000 + random.nextLong(2_000_000));
  }

  Fault next(Node node, String operation) {
    if (over || random.nextInt(1_000) >= lossesPerMille * weight(operation)) {
      return new Fault.None();
    }
    Fault fault = drawn();
    noted(world.agenda.now().plus(OVER));
    node.troubled();
    world.trace.note(node + ": " + operation + " meets " + fault);
    world.happened.count(fault.getClass().getSimpleName() + " " + operation);
    return fault;
  }

  /** The two scripts that matter most are hit more. */
  private static int weight(String operation) {
    return operation.equals("claim") || operation.equals("close") ? 5 : 1;
  }

  private Fault drawn() {
    return switch (random.nextInt(5)) {
      case 0 -> new Fault.RequestLost();
      case 1 -> new Fault.ReplyLost();
      case 2 -> new Fault.Refused();
      case 3 -> new Fault.Late(upTo(4_000), Duration.ZERO);
      default -> new Fault.Late(upTo(200), upTo(3_000));
    };
  }

  private Duration upTo(int milliseconds) {
    return Duration.ofMillis(random.nextInt(milliseconds));
  }
}
