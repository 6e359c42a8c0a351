package io.vestibule.access;

import java.util.Set;

/** The doors of a building that an admission covers: all, or those named. */
public record DoorScope(boolean all, Set<DoorId> named) {
  public DoorScope {
    named = Set.copyOf(named);
  }

  public static DoorScope everyDoor() {
    return new DoorScope(true, Set.of());
  }

  public static DoorScope only(Set<DoorId> doors) {
    return new DoorScope(false, doors);
  }
}
