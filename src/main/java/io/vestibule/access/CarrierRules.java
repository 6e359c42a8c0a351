package io.vestibule.access;

import java.util.Map;

/** The rules for one carrier in one building: those for all doors, and those for each named. */
final class CarrierRules {
  private static final Rule[] NONE = {};

  private final Rule[] everywhere;
  private final Map<DoorId, Rule[]> byDoor;

  CarrierRules(Rule[] everywhere, Map<DoorId, Rule[]> byDoor) {
    this.everywhere = everywhere;
    this.byDoor = byDoor;
  }

  Reach reach(DoorId door, Circumstances circumstances) {
    return Rule.furthest(everywhere, circumstances)
        .orFurther(Rule.furthest(byDoor.getOrDefault(door, NONE), circumstances));
  }

  /** Without the rules and the ids of the doors. */
  int sizeBytes() {
    return Sizes.OBJECT + (byDoor.isEmpty() ? 0 : Sizes.map(byDoor.size()));
  }
}
