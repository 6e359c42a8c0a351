package io.vestibule.access;

import java.time.Duration;

/** A door of a building, as far as a decision and a command need to know. */
public record Door(DoorId id, BuildingId building, Status status, Duration hold) {}
