package io.vestibule.unlock;

import static java.util.Objects.requireNonNull;

import io.vestibule.access.Reason;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Meters;
import io.vestibule.metrics.Stopwatch;
import io.vestibule.metrics.Tally;
import io.vestibule.metrics.Timing;
import io.vestibule.metrics.UnlockResult;
import java.util.EnumMap;
import java.util.Map;

/** The series of one edge: how its requests end, and how long they take. */
@AnyThread
final class EdgeSeries {
  private final Tally replayed;
  private final Map<Reason, Ending> denied = new EnumMap<>(Reason.class);
  private final Ending opened;
  private final Ending broken;

  /** One way to end, and its series. */
  record Ending(UnlockResult result, String reason, Tally tally, Stopwatch stopwatch) {
    /** Whether the gateway is to blame. */
    boolean byFault() {
      return result == UnlockResult.FAILED;
    }
  }

  EdgeSeries(Meters meters, Edge edge) {
    replayed = meters.tally(Count.UNLOCKS_REPLAYED, edge.code());
    opened = ending(meters, edge, UnlockResult.OPENED, "none");
    broken = ending(meters, edge, UnlockResult.FAILED, "internal_error");
    for (Reason reason : Reason.values()) {
      denied.put(reason, ending(meters, edge, UnlockResult.of(reason), reason.code()));
    }
  }

  private static Ending ending(Meters meters, Edge edge, UnlockResult result, String reason) {
    return new Ending(
        result,
        reason,
        meters.tally(Count.UNLOCKS, result.code(), reason, edge.code()),
        meters.stopwatch(Timing.UNLOCK_DURATION, result.code(), edge.code()));
  }

  Tally replayed() {
    return replayed;
  }

  Ending opened() {
    return opened;
  }

  Ending denied(Reason reason) {
    return requireNonNull(denied.get(reason));
  }

  /** By a bug. */
  Ending broken() {
    return broken;
  }
}
