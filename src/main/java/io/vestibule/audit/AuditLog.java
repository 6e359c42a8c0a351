package io.vestibule.audit;

import io.vertx.core.Future;
import io.vestibule.access.Building;
import io.vestibule.access.BuildingId;
import io.vestibule.access.ManagerId;
import java.util.Optional;

/**
 * Keeps the records of each building in the order of recording. Every future fails only with {@link
 * io.vestibule.store.StoreUnavailable} and completes on the caller's context.
 */
public interface AuditLog {
  /** Completes once Redis has the record. */
  Future<Void> append(Building building, AuditRecord record);

  /**
   * Completes once Redis has the event; one with a ({@code boot}, {@code seq}) seen before is not
   * stored again.
   *
   * @return whether it was new
   */
  Future<Boolean> append(Building building, DoorEvent event);

  /**
   * Completes once Redis has a record of this name, which is remembered for 25 h: asked again, also
   * on another gateway, it is not stored again.
   *
   * @param name the building's own, of characters that are legal in ids and colons
   * @return whether it was new
   */
  Future<Boolean> appendOnce(Building building, AuditRecord record, String name);

  /**
   * Completes once Redis has the denial: as a record of its own for the first 60 of its building's
   * minute, and counted for the one {@code suppressed} record of that minute from then on.
   *
   * @return whether it has a record of its own
   */
  Future<Boolean> append(Denial denial);

  /**
   * Whose log it is; empty where there is none. A log outlives its building, and who comes by the
   * building's id must not come by it.
   */
  Future<Optional<ManagerId>> owner(BuildingId building);
}
