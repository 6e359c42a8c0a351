package io.vestibule.access;

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

  Building building() {
    return building;
  }
}
