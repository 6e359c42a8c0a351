package io.vestibule.directory;

import io.vestibule.access.BuildingId;
import io.vestibule.access.DoorId;
import io.vestibule.concurrent.AnyThread;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The building in which each door was last found. A guess says what to read along with the door, so
 * that one round trip does; what a door's own entry says is what counts.
 */
@AnyThread
public final class Guesses {
  /** Doors that share a place forget each other, which costs a second round trip. */
  private static final int COUNT = 1 << 16;

  private final AtomicReferenceArray<BuildingId> buildings = new AtomicReferenceArray<>(COUNT);

  Optional<BuildingId> find(DoorId door) {
    return Optional.ofNullable(buildings.get(place(door)));
  }

  void learn(DoorId door, BuildingId building) {
    buildings.set(place(door), building);
  }

  private static int place(DoorId door) {
    int hash = door.hashCode();
    return (hash ^ hash >>> 16) & COUNT - 1;
  }
}
