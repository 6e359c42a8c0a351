package io.vestibule.access;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** A building as its manager wrote it; without a recorded consent nothing in it opens. */
public record Building(
    BuildingId id,
    ManagerId manager,
    ZoneId zone,
    Optional<Consent> consent,
    Optional<Location> location,
    List<Admission> admits,
    Status status,
    int retentionDays) {
  /** Where a manager sets no other. */
  public static final int RETENTION_DAYS_DEFAULT = 90;

  public Building {
    admits = List.copyOf(admits);
  }
}
