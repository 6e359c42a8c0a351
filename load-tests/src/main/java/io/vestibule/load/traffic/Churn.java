package io.vestibule.load.traffic;

import io.netty.channel.EventLoop;
import io.vestibule.load.stage.CannotRun;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Doors that go away one after the other, and come back. The event loop owns it. */
public final class Churn {
  private static final Duration AWAY = Duration.ofSeconds(3);

  private final Loop loop;
  private final EventLoop executor;
  private final DoorFleet fleet;
  private final long everyNanos;
  private int awayCount;
  private int count;
  private boolean over;

  private Churn(Loop loop, DoorFleet fleet, long everyNanos) {
    this.loop = loop;
    this.executor = loop.executor();
    this.fleet = fleet;
    this.everyNanos = everyNanos;
  }

  /**
   * Begins.
   *
   * @param sharePerMinute of the doors, above 0 and 1 at most
   */
  public static Churn begin(Loop loop, DoorFleet fleet, double sharePerMinute) {
    double perMinute = fleet.size() * sharePerMinute;
    Churn churn = new Churn(loop, fleet, (long) (Duration.ofMinutes(1).toNanos() / perMinute));
    churn.executor.execute(churn::next);
    return churn;
  }

  /** No door goes away any more; how many did. Those that are away come back. */
  public int end() throws CannotRun {
    return loop.call(
        () -> {
          over = true;
          return count;
        });
  }

  private void next() {
    // Those that are away are not asked to go again, however few doors there are.
    if (over || awayCount >= fleet.size()) {
      return;
    }
    int door = count++ % fleet.size();
    awayCount++;
    fleet.sendAway(door);
    executor.schedule(() -> back(door), AWAY.toMillis(), TimeUnit.MILLISECONDS);
    executor.schedule(this::next, everyNanos, TimeUnit.NANOSECONDS);
  }

  private void back(int door) {
    awayCount--;
    fleet.bringBack(door);
  }
}
