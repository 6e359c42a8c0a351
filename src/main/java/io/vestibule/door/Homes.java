package io.vestibule.door;

import io.vertx.core.Future;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.DoorId;
import io.vestibule.concurrent.AnyThread;
import io.vestibule.directory.Directory;
import java.util.Optional;

/** The building that a door's records belong to, for a short while also after its deletion. */
@AnyThread
final class Homes {
  private final Directory directory;

  Homes(Directory directory) {
    this.directory = directory;
  }

  /** Fails only with {@link io.vestibule.store.StoreUnavailable}. */
  Future<Optional<Building>> of(DoorId door) {
    return directory
        .door(door)
        .compose(
            entry ->
                entry.isPresent()
                    ? Future.succeededFuture(Optional.of(entry.get().door().building()))
                    : directory.lastBuilding(door))
        .compose(this::building);
  }

  private Future<Optional<Building>> building(Optional<BuildingId> id) {
    return id.isPresent() ? directory.building(id.get()) : Future.succeededFuture(Optional.empty());
  }
}
