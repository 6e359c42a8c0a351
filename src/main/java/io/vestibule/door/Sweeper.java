package io.vestibule.door;

import io.vertx.core.Vertx;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One loop's connections, looked at by one timer: keep-alives, certificates, last words. */
@LoopConfined
final class Sweeper {
  /** So that many expiries at once do not hold the loop; the rest follow shortly after. */
  private static final int ENDED_AT_ONCE_MAX = 128;

  private static final long NEXT_BATCH_MS = 5;

  private final Vertx vertx;
  private final Time time;
  private final Set<DoorConnection> connections = new HashSet<>();
  private long timerId;

  Sweeper(Vertx vertx, Time time) {
    this.vertx = vertx;
    this.time = time;
  }

  void start(Duration every) {
    timerId = vertx.setPeriodic(every.toMillis(), id -> sweep());
  }

  void stop() {
    vertx.cancelTimer(timerId);
  }

  /** Bounded by the node's connections. */
  void add(DoorConnection connection) {
    connections.add(connection);
  }

  void remove(DoorConnection connection) {
    connections.remove(connection);
  }

  /** Ends all that is left. */
  void endAll(Ending ending) {
    List.copyOf(connections).forEach(connection -> connection.end(ending));
  }

  private void sweep() {
    long nowNanos = time.nanoTime();
    Instant now = time.now();
    List<DoorConnection> due = new ArrayList<>();
    for (DoorConnection connection : connections) {
      if (connection.due(nowNanos, now)) {
        due.add(connection);
        if (due.size() == ENDED_AT_ONCE_MAX) {
          vertx.setTimer(NEXT_BATCH_MS, id -> sweep());
          break;
        }
      }
    }
    due.forEach(connection -> connection.expire(now));
  }
}
