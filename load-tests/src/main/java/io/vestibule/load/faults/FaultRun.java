package io.vestibule.load.faults;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Stage;
import io.vestibule.load.stage.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** One run: couriers come, things break, all comes to rest, everybody tells. */
final class FaultRun {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);
  private static final Duration WARM_UP = Duration.ofSeconds(2);

  /** Couriers ask for at most about this long. */
  private static final Duration COURIERS_LIMIT = Duration.ofSeconds(60);

  /** A door that opened has told that it closed. */
  private static final Duration LAST_EVENTS = Duration.ofSeconds(1);

  private static final Duration DOORS_LIMIT = Duration.ofSeconds(60);

  /** Longer than any of them waits for an answer. */
  private static final Duration AGAIN_LIMIT = Duration.ofSeconds(10);

  /** A gateway's deadline, what is overdue after it, and the slowest sweep. */
  private static final Duration SWEEP_LIMIT = Duration.ofSeconds(30);

  private static final int ASKED_AGAIN_MAX = 2_000;
  private static final int ASKED_AT_ONCE_MAX = 50;

  private final Stage stage;
  private final Cast cast;
  private final Faults.Plan plan;
  private final List<Spell> spells = new ArrayList<>();
  private final Map<String, Integer> waitsInVain = new TreeMap<>();

  /** Who takes part. */
  record Cast(
      List<RecordingDoor> doors, Couriers couriers, AuditSource audit, TwoBuildings buildings) {}

  FaultRun(Stage stage, Cast cast, Faults.Plan plan) {
    this.stage = stage;
    this.cast = cast;
    this.plan = plan;
  }

  FaultFindings play(FaultPlan faults, Breakage breakage) throws CannotRun {
    cast.doors().forEach(RecordingDoor::start);
    await("doors connect", CONNECT_LIMIT, () -> all(RecordingDoor::connected));
    stage.hiccups().forget();
    cast.couriers().come(plan.rate());
    long end = System.nanoTime() + WARM_UP.plus(plan.lasting()).toNanos();
    pause(WARM_UP);
    while (System.nanoTime() - end < 0 && !stage.started().wasInterrupted()) {
      Fault fault = faults.next();
      Waiting.until(fault.calm(), () -> System.nanoTime() - end >= 0);
      say(fault, end);
      spells.add(breakage.inflict(fault, () -> stage.started().wasInterrupted()));
    }
    // What the last fault did is to be seen too.
    pause(WARM_UP);
    cast.couriers().stayAway();
    rest();
    return findings();
  }

  private void rest() throws CannotRun {
    stage.progress().say("waiting until couriers, doors and gateways are at rest");
    await("couriers end", COURIERS_LIMIT, cast.couriers()::done);
    askAgain();
    pause(LAST_EVENTS);
    await(
        "doors tell all they know",
        DOORS_LIMIT,
        () -> all(door -> door.record().unacknowledgedCount() == 0));
    await("every unlock is closed", SWEEP_LIMIT, () -> unclosedCount() == 0);
    cast.doors().forEach(RecordingDoor::end);
  }

  /** Who heard nothing for sure asks once more, and some of the others to compare. */
  private void askAgain() throws CannotRun {
    List<Attempt> attempts = cast.couriers().attempts();
    List<Attempt> again = new ArrayList<>(attempts.stream().filter(a -> !a.told()).toList());
    again.addAll(attempts.stream().filter(Attempt::told).limit(ASKED_AGAIN_MAX).toList());
    for (int from = 0; from < again.size(); from += ASKED_AT_ONCE_MAX) {
      List<Attempt> some = again.subList(from, Math.min(again.size(), from + ASKED_AT_ONCE_MAX));
      CompletableFuture<Void> all =
          CompletableFuture.allOf(
              some.stream().map(cast.couriers()::again).toArray(CompletableFuture[]::new));
      await("those who ask again are answered", AGAIN_LIMIT, all::isDone);
      if (all.isCompletedExceptionally()) {
        all.join();
      }
    }
  }

  private long unclosedCount() {
    try {
      Set<String> open = new HashSet<>();
      for (AuditRecord record : cast.audit().read(TwoBuildings.BUILDINGS)) {
        if (record.granted()) {
          record.unlock().ifPresent(open::add);
        } else if (record.closing().isPresent()) {
          record.unlock().ifPresent(open::remove);
        }
      }
      return open.size();
    } catch (CannotRun e) {
      return Long.MAX_VALUE;
    }
  }

  private FaultFindings findings() throws CannotRun {
    Evidence evidence =
        new Evidence(
            cast.couriers().attempts(),
            cast.doors().stream().map(RecordingDoor::record).toList(),
            cast.doors().stream().map(RecordingDoor::boot).toList(),
            cast.buildings().grants(),
            cast.audit().read(TwoBuildings.BUILDINGS));
    List<Difference> differences = Comparison.differences(evidence);
    differences.forEach(difference -> stage.progress().say(difference.toString()));
    int turnedAwayCount = cast.couriers().turnedAwayCount();
    return new FaultFindings(
        new FaultFindings.Course(plan.seed(), spells, turnedAwayCount, waitsInVain),
        evidence,
        differences);
  }

  private void say(Fault fault, long end) {
    long left = Math.max(0, Duration.ofNanos(end - System.nanoTime()).toSeconds());
    int openings = cast.doors().stream().mapToInt(door -> door.record().openingCount()).sum();
    stage
        .progress()
        .say(
            "%d:%02d left, %d openings so far; now %s for %.1f s"
                .formatted(
                    left / 60,
                    left % 60,
                    openings,
                    fault.title(),
                    fault.lasting().toMillis() / 1e3));
  }

  /** What does not come true misses a bound; the run goes on, to see what follows from it. */
  private void await(String what, Duration limit, BooleanSupplier condition) throws CannotRun {
    if (!Waiting.until(limit, condition)) {
      String vain = "not within " + limit.toSeconds() + " s: " + what;
      stage.progress().say(vain);
      waitsInVain.merge(vain, 1, Integer::sum);
    }
  }

  /** Ends early when the run is told to end. */
  private void pause(Duration length) throws CannotRun {
    Waiting.until(length, stage.started()::wasInterrupted);
  }

  private boolean all(Predicate<RecordingDoor> condition) {
    return cast.doors().stream().allMatch(condition);
  }
}
