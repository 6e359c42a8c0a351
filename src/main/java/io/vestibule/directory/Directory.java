package io.vestibule.directory;

import io.vertx.core.Future;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.Premises;
import java.util.Optional;

/**
 * Finds buildings, doors and couriers. Every future fails only with {@link
 * io.vestibule.store.StoreUnavailable} and completes on the caller's context.
 */
public interface Directory {
  Future<Optional<Building>> building(BuildingId building);

  Future<Optional<DoorEntry>> door(DoorId door);

  /** The door with its building and its lockdown, read now; empty if either is unknown. */
  Future<Optional<Premises>> premises(DoorId door);

  Future<Optional<CourierEntry>> courier(CourierId courier);

  /**
   * The building that the door stands in, or stood in until it was deleted within the last 24 h.
   */
  Future<Optional<BuildingId>> lastBuilding(DoorId door);
}
