package io.vestibule.directory;

import io.vertx.core.Future;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CourierId;
import io.vestibule.access.Door;
import io.vestibule.access.DoorId;
import io.vestibule.access.Site;
import java.util.Optional;

/**
 * Where the entries that a decision stands on are read, each compiled for it. Fails only with
 * {@link io.vestibule.store.StoreUnavailable}; completes on the caller's context.
 */
interface EntrySource {
  Future<Optional<CourierEntry>> courier(CourierId courier);

  Future<Optional<Door>> door(DoorId door);

  Future<Optional<Site>> site(BuildingId building);
}
