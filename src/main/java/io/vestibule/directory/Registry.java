package io.vestibule.directory;

import io.vertx.core.Future;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CarrierId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.ManagerId;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes buildings, doors and couriers, each only for its owner; {@code by} is the tenant on
 * record. An operator acts as the owner. Every future fails only with {@link
 * io.vestibule.store.StoreUnavailable} and completes on the caller's context; after a failure the
 * write may have been made, and may be asked for again.
 */
public interface Registry {
  /** What became of a write. */
  enum Written {
    CREATED,
    REPLACED,
    /** Of a door: replaced, and its secret is another than before. */
    SECRET_CHANGED,
    /** The id is another owner's; nothing was changed. */
    FOREIGN,
    /** Of a door: its owner has no such building; nothing was changed. */
    UNKNOWN_BUILDING,
    /** Of a door: it stands in another building of its owner; nothing was changed. */
    CONFLICT
  }

  /** What became of a deletion. */
  enum Deleted {
    DELETED,
    ABSENT,
    /** It is another owner's; nothing was changed. */
    FOREIGN,
    /** Of a building: it has doors; nothing was changed. */
    CONFLICT
  }

  /** What became of a lockdown. */
  enum LockdownChange {
    STARTED,
    LIFTED,
    /** There was none to lift. */
    NONE,
    /** No such building. */
    ABSENT,
    /** The building is another manager's; nothing was changed. */
    FOREIGN
  }

  Future<Written> put(Building building, String by);

  Future<Deleted> delete(BuildingId building, ManagerId owner, String by);

  /**
   * Compares the secret, if there is one, on a worker thread; the same one, or none, leaves what is
   * kept of it as it is.
   */
  Future<Written> put(DoorDraft door, ManagerId owner, String by);

  /** Which building it stood in is remembered for 24 h. */
  Future<Deleted> delete(DoorId door, ManagerId owner, String by);

  Future<Written> put(CourierEntry courier);

  Future<Deleted> delete(CourierId courier, CarrierId owner);

  /** Started again while it holds, it has the new end. {@code until} is to come, if it is set. */
  Future<LockdownChange> lockDown(
      BuildingId building, ManagerId owner, Optional<Instant> until, String by);

  Future<LockdownChange> lift(BuildingId building, ManagerId owner, String by);

  /** The lockdown in force. */
  Future<Optional<Lockdown>> lockdown(BuildingId building);
}
