package io.vestibule.app;

import io.vertx.core.Vertx;
import io.vestibule.access.DoorId;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.directory.DirectoryWatcher;
import io.vestibule.door.LocalDoors;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;

/** Makes attempts that are under way, and doors that are connected, look at the directory again. */
@AnyThread
final class Rechecks implements DirectoryWatcher {
  /** With the pause, 2,000 doors a second: as much as Redis does beside everything else. */
  private static final int BATCH_COUNT = 100;

  private static final long PAUSE_MS = 50;

  private final Vertx vertx;
  private final LocalDoors doors;
  private final Runnable onLockdownChange;
  private final AtomicLong latestPass = new AtomicLong();

  Rechecks(Vertx vertx, LocalDoors doors, Runnable onLockdownChange) {
    this.vertx = vertx;
    this.doors = doors;
    this.onLockdownChange = onLockdownChange;
  }

  @Override
  public void lockdownChanged() {
    onLockdownChange.run();
  }

  @Override
  public void doorChanged(DoorId door) {
    doors.entryChanged(door);
  }

  /** A pass over all doors takes seconds; the next one makes what is left of it needless. */
  @Override
  public void anyDoorChanged() {
    recheck(doors.connected().iterator(), latestPass.incrementAndGet());
  }

  private void recheck(Iterator<DoorId> left, long pass) {
    if (latestPass.get() != pass) {
      return;
    }
    for (int count = 0; count < BATCH_COUNT && left.hasNext(); count++) {
      doors.entryChanged(left.next());
    }
    if (left.hasNext()) {
      vertx.setTimer(PAUSE_MS, fired -> recheck(left, pass));
    }
  }
}
