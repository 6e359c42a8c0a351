package io.vestibule.directory;

/** How many of everything a town has. */
public enum TownSize {
  ONE_RULE(1, 1, 1, 1),
  TEN_THOUSAND_RULES(100, 100, 10_000, 1_000),
  MILLION_DOORS(10_000, 10, 1_000_000, 1_000),
  COURIERS_WITH_KEYS(100, 10, 1_000, 1_024);

  final int buildingCount;
  final int ruleCountPerBuilding;
  final int doorCount;
  final int courierCount;

  TownSize(int buildingCount, int ruleCountPerBuilding, int doorCount, int courierCount) {
    this.buildingCount = buildingCount;
    this.ruleCountPerBuilding = ruleCountPerBuilding;
    this.doorCount = doorCount;
    this.courierCount = courierCount;
  }
}
