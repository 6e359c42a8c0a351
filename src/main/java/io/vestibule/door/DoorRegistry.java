package io.vestibule.door;

import io.vestibule.access.DoorId;
import io.vestibule.concurrent.AnyThread;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The one live connection of each door on this node. */
@AnyThread
final class DoorRegistry {
  private final ConcurrentHashMap<DoorId, Registration> byDoor = new ConcurrentHashMap<>();

  private final Map<LineKind, AtomicInteger> byKind =
      Arrays.stream(LineKind.values())
          .collect(Collectors.toUnmodifiableMap(kind -> kind, kind -> new AtomicInteger()));

  private final LeftBehind leftBehind = new LeftBehind();

  /** Once set, doors are sent elsewhere. */
  private volatile boolean closed;

  Optional<Registration> find(DoorId door) {
    return Optional.ofNullable(byDoor.get(door));
  }

  /** The newest connection is the door's; the one that it takes the place of is returned. */
  Optional<Registration> add(Registration registration) {
    // Before it can be removed, so that no number is ever below 0.
    counted(registration.kind()).incrementAndGet();
    Optional<Registration> earlier =
        Optional.ofNullable(byDoor.put(registration.door(), registration));
    earlier.ifPresent(gone -> counted(gone.kind()).decrementAndGet());
    return earlier;
  }

  /** False if a newer connection has taken the place: a late close removes only its own. */
  boolean remove(Registration registration) {
    boolean removed = byDoor.remove(registration.door(), registration);
    if (removed) {
      counted(registration.kind()).decrementAndGet();
    }
    return removed;
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

  /** Those of one kind; all kinds together are {@link #count()}. */
  int count(LineKind kind) {
    return counted(kind).get();
  }

  private AtomicInteger counted(LineKind kind) {
    return Objects.requireNonNull(byKind.get(kind), kind::name);
  }
}
