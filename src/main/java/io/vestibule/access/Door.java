package io.vestibule.access;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** A door of a building, as far as a decision and a command need to know. */
public record Door(DoorId id, BuildingId building, Status status, Duration hold) {
  /** Doors are many and how long they stay open is alike: they share the values. */
  private static final List<Duration> WHOLE_SECONDS =
      IntStream.rangeClosed(1, 60).mapToObj(Duration::ofSeconds).toList();

  public Door {
    hold = shared(hold);
  }

  private static Duration shared(Duration hold) {
    int index = Collections.binarySearch(WHOLE_SECONDS, hold);
    return index < 0 ? hold : WHOLE_SECONDS.get(index);
  }
}
