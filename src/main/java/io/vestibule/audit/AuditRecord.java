package io.vestibule.audit;

import io.vestibule.access.BuildingId;
import io.vestibule.access.DoorId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One CloudEvents 1.0 record of a building's audit log; its {@code id} is given by the log.
 *
 * @param at when it happened
 * @param receivedAt when the gateway knew
 * @param data strings, numbers and counts by name only; no name, address or label text
 */
public record AuditRecord(
    RecordType type,
    BuildingId building,
    Optional<DoorId> door,
    Instant at,
    Instant receivedAt,
    Map<String, Object> data) {
  public AuditRecord {
    data = Map.copyOf(data);
  }
}
