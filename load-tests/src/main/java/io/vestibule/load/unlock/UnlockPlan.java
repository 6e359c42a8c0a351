package io.vestibule.load.unlock;

import io.vestibule.load.stage.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be measured.
 *
 * @param rate of the steady part, a second
 * @param peer whether the comparison stack is measured too
 * @param floor whether the input and output of an unlock alone is measured too
 * @param growth whether more doors and grants are compared with fewer
 * @param given a gateway that runs already; neither compared with another nor grown
 */
public record UnlockPlan(
    int doors,
    int rate,
    int repeats,
    boolean peer,
    boolean floor,
    boolean growth,
    Pace pace,
    Optional<Target> given) {
  /**
   * How long and how far it goes.
   *
   * @param warmUp a third of it each at the steady rate, at three times as many, and at it again
   * @param repeat of the steady part
   * @param step of the search for the highest rate
   * @param rateMax of that search
   * @param stepsMax of that search
   * @param growthRepeat of each side of what is compared
   */
  public record Pace(
      Duration warmUp,
      Duration repeat,
      Duration step,
      Duration growthRepeat,
      double rateMax,
      int stepsMax) {
    /** The JIT compiles for the first 40 s under load, which no later unlock pays for. */
    public static final Pace FULL =
        new Pace(
            Duration.ofSeconds(90),
            Duration.ofSeconds(10),
            Duration.ofSeconds(8),
            Duration.ofSeconds(5),
            12_000,
            20);

    /** Enough to see that all of it works. */
    public static final Pace QUICK =
        new Pace(
            Duration.ofSeconds(3),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            600,
            8);

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** The same of what adds little to a quick run: it looks for no rate. */
    static final Pace BRIEF = new Pace(SECOND, SECOND, SECOND, SECOND, QUICK.rateMax(), 1);

    boolean quick() {
      return this.equals(QUICK);
    }
  }

  private static final int SEARCHES = 2;

  /** Each for a reader of the report. */
  List<String> leftOut() {
    List<String> leftOut = new ArrayList<>();
    if (!peer || given.isPresent()) {
      leftOut.add("the peer, and what is compared with it");
    }
    if (!floor || given.isPresent()) {
      leftOut.add("the floor, and what is compared with it");
    }
    if (!growth || given.isPresent()) {
      leftOut.add("the cost with more doors and grants");
    }
    if (given.isPresent() && given.get().management().isEmpty()) {
      leftOut.add("verification and allocation, which take --management");
    }
    if (given.isPresent() && given.get().gateway().isEmpty()) {
      leftOut.add("the gateway's processor time and memory, which take --process gateway=PID");
    }
    return leftOut;
  }

  /** The same for floor and growth, of which a quick run is to show that they work and no more. */
  UnlockPlan aside() {
    return pace.quick()
        ? new UnlockPlan(doors, rate, 1, peer, floor, growth, Pace.BRIEF, given)
        : this;
  }

  /** More than are asked for by all of it. */
  long unlocksMax() {
    double searching =
        pace.step().toSeconds()
            * pace.rateMax()
            * (Highest.TRIES * pace.stepsMax() + confirming())
            * SEARCHES;
    double steady = rate * (3.0 * pace.warmUp().toSeconds() + 3.0 * repeats * seconds());
    double shared = pace.rateMax() * repeats * seconds();
    return (long) (searching + steady + shared);
  }

  private double confirming() {
    return (double) Highest.CONFIRMATIONS_MAX * repeats;
  }

  private long seconds() {
    return pace.repeat().toSeconds();
  }
}
