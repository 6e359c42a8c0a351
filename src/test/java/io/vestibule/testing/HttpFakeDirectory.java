package io.vestibule.testing;

import io.vertx.core.Future;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.Premises;
import io.vestibule.directory.CourierEntry;
import io.vestibule.directory.Directory;
import io.vestibule.directory.DoorEntry;
import io.vestibule.store.StoreUnavailable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A directory of what a test puts in; all of it fails while the store is gone. */
public final class HttpFakeDirectory implements Directory {
  public final Map<BuildingId, Building> buildings = new ConcurrentHashMap<>();
  public final Map<DoorId, DoorEntry> doors = new ConcurrentHashMap<>();
  public final Map<CourierId, CourierEntry> couriers = new ConcurrentHashMap<>();
  public volatile boolean gone;

  @Override
  public Future<Optional<Building>> building(BuildingId building) {
    return found(buildings, building);
  }

  @Override
  public Future<Optional<DoorEntry>> door(DoorId door) {
    return found(doors, door);
  }

  @Override
  public Future<Optional<Premises>> premises(DoorId door) {
    return Future.succeededFuture(Optional.empty());
  }

  @Override
  public Future<Optional<CourierEntry>> courier(CourierId courier) {
    return found(couriers, courier);
  }

  @Override
  public Future<Optional<BuildingId>> lastBuilding(DoorId door) {
    return Future.succeededFuture(Optional.empty());
  }

  public <T> Future<T> answer(T value) {
    return gone
        ? Future.failedFuture(new StoreUnavailable("read", new IOException("gone")))
        : Future.succeededFuture(value);
  }

  private <K, V> Future<Optional<V>> found(Map<K, V> entries, K key) {
    return answer(Optional.ofNullable(entries.get(key)));
  }
}
