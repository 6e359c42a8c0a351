package io.vestibule.cluster;

import io.vertx.core.Future;
import io.vestibule.access.DoorId;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.store.Keys;
import io.vestibule.store.Reply;
import io.vestibule.store.Store;
import io.vestibule.time.Time;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/** Finds the node that holds a door, by its registration in Redis. */
@AnyThread
public final class Places {
  /** Doors that share a slot forget each other, which costs one more read. */
  private static final int SEEN_COUNT = 1 << 12;

  /** From a look before the claim to the command after it. */
  private static final long RECENT_NANOS = Duration.ofSeconds(1).toNanos();

  private final NodeName self;
  private final Store store;
  private final Leases leases;
  private final Time time;
  private final Consumer<DoorId> stray;
  private final AtomicReferenceArray<Seen> seen = new AtomicReferenceArray<>(SEEN_COUNT);

  private record Seen(DoorId door, Place place, long atNanos) {}

  /**
   * @param stray hears of doors that are registered here and are not connected here
   */
  Places(NodeName self, Store store, Leases leases, Time time, Consumer<DoorId> stray) {
    this.self = self;
    this.store = store;
    this.leases = leases;
    this.time = time;
    this.stray = stray;
  }

  /**
   * Where a door is that has no session on this node; empty where it is offline, or its node has no
   * lease. Fails only with {@link io.vestibule.store.StoreUnavailable}.
   */
  public Future<Optional<Place>> find(DoorId door) {
    return store
        .command("GET", Keys.place(door))
        .map(
            store.<Reply, Optional<Place>>reading(
                "registration", reply -> reply.optionalText().map(Place::read)))
        .compose(found -> elsewhere(door, found));
  }

  /** Where the door was found within the last second; it may have left. */
  public Optional<Place> recent(DoorId door) {
    Seen last = seen.get(slot(door));
    return last != null
            && last.door().equals(door)
            && time.nanoTime() - last.atNanos() < RECENT_NANOS
        ? Optional.of(last.place())
        : Optional.empty();
  }

  /** It is not there, or that node is gone. */
  void forget(DoorId door, Place place) {
    seen.set(slot(door), null);
    leases.forget(place.node());
  }

  private Future<Optional<Place>> elsewhere(DoorId door, Optional<Place> found) {
    if (found.isEmpty()) {
      return Future.succeededFuture(found);
    }
    Place place = found.get();
    if (place.node().equals(self)) {
      stray.accept(door);
      return Future.succeededFuture(Optional.empty());
    }
    return leases.alive(place.node()).map(alive -> alive ? seen(door, place) : Optional.empty());
  }

  private Optional<Place> seen(DoorId door, Place place) {
    seen.set(slot(door), new Seen(door, place, time.nanoTime()));
    return Optional.of(place);
  }

  private static int slot(DoorId door) {
    int hash = door.hashCode();
    return (hash ^ hash >>> 16) & SEEN_COUNT - 1;
  }
}
