package io.vestibule.door;

import io.vertx.core.Future;
import io.vestibule.access.DoorId;
import io.vestibule.cluster.Whereabouts;
import io.vestibule.store.FailureCause;
import io.vestibule.store.StoreUnavailable;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Other nodes that have a door or not as told, and remember what they were told. */
final class FakeWhereabouts implements Whereabouts {
  private final List<DoorId> changed = new CopyOnWriteArrayList<>();
  private final AtomicInteger askedCount = new AtomicInteger();
  private volatile boolean moved;
  private volatile boolean failing;

  void moved(boolean hasMoved) {
    moved = hasMoved;
  }

  void fail(boolean fails) {
    failing = fails;
  }

  List<DoorId> changed() {
    return changed;
  }

  int askedCount() {
    return askedCount.get();
  }

  @Override
  public void changed(DoorId door) {
    changed.add(door);
  }

  @Override
  public Future<Boolean> movedBy(DoorId door, Instant ended) {
    askedCount.incrementAndGet();
    return failing
        ? Future.failedFuture(new StoreUnavailable("test", FailureCause.UNREACHABLE, "away"))
        : Future.succeededFuture(moved);
  }
}
