package io.vestibule.door;

import io.vestibule.access.DoorId;
import io.vestibule.concurrent.AnyThread;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The one live connection of each door on this node. */
@AnyThread
final class DoorRegistry {
  private final ConcurrentHashMap<DoorId, Registration> byDoor = new ConcurrentHashMap<>();

  private final LeftBehind leftBehind = new LeftBehind();

  /** Once set, doors are sent elsewhere. */
  private volatile boolean closed;

  Optional<Registration> find(DoorId door) {
    return Optional.ofNullable(byDoor.get(door));
  }

  /** The newest connection is the door's; the one that it takes the place of is returned. */
  Optional<Registration> add(Registration registration) {
    return Optional.ofNullable(byDoor.put(registration.door(), registration));
  }

  /** False if a newer connection has taken the place: a late close removes only its own. */
  boolean remove(Registration registration) {
    return byDoor.remove(registration.door(), registration);
  }

  /** What the connections that ended still wait for. */
  LeftBehind leftBehind() {
    return leftBehind;
  }

  boolean closed() {
    return closed;
  }

  void close() {
    closed = true;
  }

  Collection<Registration> all() {
    return List.copyOf(byDoor.values());
  }

  int count() {
    return byDoor.size();
  }
}
