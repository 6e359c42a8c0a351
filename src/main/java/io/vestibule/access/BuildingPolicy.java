package io.vestibule.access;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** A building's admission policy, compiled once for any number of decisions. */
public final class BuildingPolicy {
  private final Building building;

  private BuildingPolicy(Building building) {
    this.building = building;
  }

  public static BuildingPolicy of(Building building) {
    return new BuildingPolicy(building);
  }

  public BuildingId id() {
    return building.id();
  }

  public int retentionDays() {
    return building.retentionDays();
  }

  /** A policy that cannot be read: it shows no consent, so that nothing opens under it. */
  public static BuildingPolicy unreadable(BuildingId id) {
    return of(
        new Building(
            id,
            new ManagerId("unknown"),
            ZoneOffset.UTC,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Status.ACTIVE,
            90));
  }

  /** About how many bytes of memory it takes. */
  public int sizeBytes() {
    return 500 + 350 * building.admits().size();
  }

  Building building() {
    return building;
  }
}
