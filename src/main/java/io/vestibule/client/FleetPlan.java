package io.vestibule.client;

import io.vestibule.access.DoorId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Which doors to simulate: {@code door-1} to {@code door-N}, with certificates from one PKI. */
public record FleetPlan(Gateway gateway, Path pki, int doorCount, Duration telemetryEvery) {
  private static final int DOOR_COUNT_MAX = 10_000;

  public FleetPlan {
    if (doorCount < 1 || doorCount > DOOR_COUNT_MAX) {
      throw new IllegalArgumentException(
          "the number of doors must be from 1 to " + DOOR_COUNT_MAX + ", not " + doorCount);
    }
  }

  /** The ids, in order. */
  public List<DoorId> doors() {
    return IntStream.rangeClosed(1, doorCount)
        .mapToObj(number -> new DoorId("door-" + number))
        .toList();
  }

  List<Path> files() {
    DoorLink first = DoorLink.of(gateway, pki, doors().get(0));
    DoorLink last = DoorLink.of(gateway, pki, doors().get(doorCount - 1));
    return List.of(first.ca(), first.certificate(), first.key(), last.certificate(), last.key());
  }
}
