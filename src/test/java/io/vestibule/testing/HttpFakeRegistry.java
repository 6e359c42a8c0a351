package io.vestibule.testing;

import io.vertx.core.Future;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CarrierId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.ManagerId;
import io.vestibule.directory.CourierEntry;
import io.vestibule.directory.DoorDraft;
import io.vestibule.directory.DoorEntry;
import io.vestibule.directory.DoorSecret;
import io.vestibule.directory.Lockdown;
import io.vestibule.directory.Registry;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Writes to a directory in memory, and to nobody else's entries. */
public final class HttpFakeRegistry implements Registry {
  public static final Instant SINCE = Instant.parse("2026-11-22T08:00:00Z");

  public final Map<BuildingId, Lockdown> lockdowns = new ConcurrentHashMap<>();
  private final HttpFakeDirectory directory;

  public HttpFakeRegistry(HttpFakeDirectory directory) {
    this.directory = directory;
  }

  @Override
  public Future<Written> put(Building building, String by) {
    Building old = directory.buildings.get(building.id());
    if (old != null && !old.manager().equals(building.manager())) {
      return directory.answer(Written.FOREIGN);
    }
    directory.buildings.put(building.id(), building);
    return directory.answer(written(old == null));
  }

  @Override
  public Future<Deleted> delete(BuildingId building, ManagerId owner, String by) {
    boolean inhabited =
        directory.doors.values().stream()
            .anyMatch(entry -> entry.door().building().equals(building));
    if (inhabited) {
      return directory.answer(Deleted.CONFLICT);
    }
    directory.buildings.remove(building);
    return directory.answer(Deleted.DELETED);
  }

  @Override
  public Future<Written> put(DoorDraft draft, ManagerId owner, String by) {
    Building building = directory.buildings.get(draft.door().building());
    if (building == null || !building.manager().equals(owner)) {
      return directory.answer(Written.UNKNOWN_BUILDING);
    }
    DoorEntry old = directory.doors.get(draft.door().id());
    if (old != null && !old.manager().equals(owner)) {
      return directory.answer(Written.FOREIGN);
    }
    if (old != null && !old.door().building().equals(building.id())) {
      return directory.answer(Written.CONFLICT);
    }
    Optional<DoorSecret> kept = Optional.ofNullable(old).flatMap(DoorEntry::secret);
    Optional<DoorSecret> secret =
        draft
            .secret()
            .map(text -> kept.filter(k -> k.matches(text)).orElseGet(() -> DoorSecret.of(text)))
            .or(() -> kept);
    directory.doors.put(
        draft.door().id(), new DoorEntry(draft.door(), owner, draft.name(), secret));
    return directory.answer(
        old == null || secret.equals(kept) ? written(old == null) : Written.SECRET_CHANGED);
  }

  @Override
  public Future<Deleted> delete(DoorId door, ManagerId owner, String by) {
    directory.doors.remove(door);
    return directory.answer(Deleted.DELETED);
  }

  @Override
  public Future<Written> put(CourierEntry courier) {
    CourierEntry old = directory.couriers.get(courier.courier().id());
    if (old != null && !old.courier().carrier().equals(courier.courier().carrier())) {
      return directory.answer(Written.FOREIGN);
    }
    directory.couriers.put(courier.courier().id(), courier);
    return directory.answer(written(old == null));
  }

  @Override
  public Future<Deleted> delete(CourierId courier, CarrierId owner) {
    directory.couriers.remove(courier);
    return directory.answer(Deleted.DELETED);
  }

  @Override
  public Future<LockdownChange> lockDown(
      BuildingId building, ManagerId owner, Optional<Instant> until, String by) {
    lockdowns.put(building, new Lockdown(SINCE, until, by));
    return directory.answer(LockdownChange.STARTED);
  }

  @Override
  public Future<LockdownChange> lift(BuildingId building, ManagerId owner, String by) {
    boolean lifted = lockdowns.remove(building) != null;
    return directory.answer(lifted ? LockdownChange.LIFTED : LockdownChange.NONE);
  }

  @Override
  public Future<Optional<Lockdown>> lockdown(BuildingId building) {
    return directory.answer(Optional.ofNullable(lockdowns.get(building)));
  }

  private static Written written(boolean created) {
    return created ? Written.CREATED : Written.REPLACED;
  }
}
