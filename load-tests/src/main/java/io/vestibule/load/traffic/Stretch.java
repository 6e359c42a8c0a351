package io.vestibule.load.traffic;

import io.vestibule.load.metrics.Change;
import io.vestibule.load.metrics.Exposition;
import io.vestibule.load.metrics.Metrics;
import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Target;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One phase, and what became of what was driven while it lasted.
 *
 * @param microsEach processor time by process, in microseconds an unlock: a refusal costs less and
 *     does not make the others cheaper
 * @param generatorMicros what the generator itself took, in microseconds an unlock
 * @param change what the gateway's metrics say; absent where there are none
 * @param commandCount commands that doors answered
 */
public record Stretch(
    PhaseTally tally,
    Map<String, Double> microsEach,
    double generatorMicros,
    Optional<Change> change,
    int commandCount) {
  public static Stretch run(Site site, Traffic.Phase phase) throws CannotRun {
    return run(site, phase, () -> {});
  }

  /**
   * The same.
   *
   * @param ready begins what is to be spent for beside it: after signing, which takes a while
   */
  public static Stretch run(Site site, Traffic.Phase phase, Traffic.Ready ready) throws CannotRun {
    Start start = new Start();
    int commandsBefore = site.fleet().commandCount();
    Optional<Exposition> before = Metrics.look(site.target());
    PhaseTally tally =
        site.traffic()
            .run(
                phase,
                () -> {
                  start.look(site.target());
                  ready.now();
                });
    Map<String, Double> micros =
        Spending.of(site.target()).microsEach(start.spent, tally.openedCount());
    double generator = Spending.own().microsInAll(start.own, tally.openedCount());
    int commands = site.fleet().commandCount() - commandsBefore;
    site.fleet().check();
    Optional<Change> change =
        before.isEmpty()
            ? Optional.empty()
            : Optional.of(new Change(before.get(), Metrics.look(site.target()).orElseThrow()));
    return new Stretch(tally, micros, generator, change, commands);
  }

  /** Of all processes together, in microseconds an unlock. */
  public double microsEachInAll() {
    return microsEach.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Doors that opened without a command, or the other way round. */
  public int unmatchedCount() {
    return Math.abs(commandCount - tally.openedCount());
  }

  /** In a line of progress. */
  public String shown() {
    String spent =
        microsEach.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(process -> "%s %.0f".formatted(process.getKey(), process.getValue()))
            .collect(Collectors.joining(", "));
    return "p50 %.2f ms, p99 %.1f ms, %d failures, generator late by %.1f ms at p99; µs an unlock: %s"
        .formatted(
            tally.latencies().percentileMs(50),
            tally.latencies().percentileMs(99),
            tally.failureCount(),
            tally.lateness().percentileMs(99),
            spent.isEmpty() ? "unknown" : spent);
  }

  /** Where it began. */
  private static final class Start {
    private Spending spent = new Spending(Map.of());
    private Spending own = new Spending(Map.of());

    private void look(Target target) throws CannotRun {
      spent = Spending.of(target);
      own = Spending.own();
    }
  }
}
