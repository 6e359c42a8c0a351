package io.vestibule.directory;

import io.vertx.core.Future;
import io.vestibule.access.BuildingId;
import io.vestibule.access.BuildingPolicy;
import io.vestibule.access.CourierId;
import io.vestibule.access.Door;
import io.vestibule.access.DoorId;
import io.vestibule.access.Site;
import java.time.Instant;
import java.util.Optional;

/** Reads a town's entries as they are read from Redis, from text made on the spot. */
record TownSource(TownDocuments documents) implements EntrySource {
  @Override
  public Future<Optional<CourierEntry>> courier(CourierId courier) {
    return Future.succeededFuture(
        Entries.parse(
            documents.courier(courier),
            (json, faults) -> CourierDocument.parse(courier, Optional.empty(), json, faults)));
  }

  @Override
  public Future<Optional<Door>> door(DoorId door) {
    return Future.succeededFuture(
        DoorDocument.readStored(door, documents.door(door)).map(DoorEntry::door));
  }

  @Override
  public Future<Optional<Site>> site(BuildingId building) {
    return Future.succeededFuture(
        Entries.parse(
                documents.building(),
                (json, faults) -> BuildingDocument.parse(building, Optional.empty(), json, faults))
            .map(read -> new Site(BuildingPolicy.of(read), Instant.MIN)));
  }
}
