package io.vestibule.demo;

import io.vestibule.client.Behaviour;

/** What the first doors are there for; every later one takes ordinary deliveries. */
enum Role {
  FRONT("door-1", "harbour-1", Behaviour.OBEDIENT),
  GARDEN("door-2", "harbour-1", Behaviour.OBEDIENT),
  GARAGE("door-3", "harbour-1", Behaviour.OBEDIENT),
  CELLAR("door-4", "harbour-1", Behaviour.OBEDIENT),
  SILENT("door-5", "harbour-1", Behaviour.SILENT),
  STUBBORN("door-6", "harbour-1", Behaviour.REFUSING),
  ABSENT("door-7", "harbour-1", Behaviour.OFFLINE),
  CONDEMNED("door-8", "harbour-1", Behaviour.OBEDIENT),
  NEIGHBOUR("door-9", "harbour-2", Behaviour.OBEDIENT),
  UNCONSENTED("door-10", "harbour-3", Behaviour.OBEDIENT),
  CLOSED_DOWN("door-11", "harbour-4", Behaviour.OBEDIENT);

  /** One of each and one for ordinary deliveries. */
  static final int DOOR_COUNT_MIN = values().length + 1;

  private final String door;
  private final String building;
  private final Behaviour behaviour;

  Role(String door, String building, Behaviour behaviour) {
    this.door = door;
    this.building = building;
    this.behaviour = behaviour;
  }

  String door() {
    return door;
  }

  String building() {
    return building;
  }

  Behaviour behaviour() {
    return behaviour;
  }
}
