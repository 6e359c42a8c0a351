package io.vestibule.door;

import io.vestibule.access.DoorId;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.config.Rate;
import io.vestibule.time.Time;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What each door may take, over whichever of its connections: by leaving and coming back it gets no
 * more.
 */
@AnyThread
final class Allowances {
  private static final int SWEPT_FROM = 1_024;

  private final Rate rate;
  private final Time time;
  // Of doors that are registered and took some of late: what is whole again is swept.
  private final ConcurrentMap<DoorId, Allowance> byDoor = new ConcurrentHashMap<>();
  private volatile int sweptFrom = SWEPT_FROM;

  Allowances(Rate rate, Time time) {
    this.rate = rate;
    this.time = time;
  }

  /** Takes one; false when there is none. */
  boolean take(DoorId door) {
    Allowance known = byDoor.get(door);
    return (known == null ? added(door) : known).take();
  }

  /** How many doors are remembered. */
  int size() {
    return byDoor.size();
  }

  private Allowance added(DoorId door) {
    if (byDoor.size() >= sweptFrom) {
      sweep();
    }
    return byDoor.computeIfAbsent(door, unseen -> new Allowance(rate, time));
  }

  /** One that is taken from meanwhile may forget that: a door gains no more than one by it. */
  private void sweep() {
    byDoor.values().removeIf(Allowance::whole);
    sweptFrom = Math.max(SWEPT_FROM, 2 * byDoor.size());
  }
}
