package io.vestibule.access;

/** A door with the building around it and whether that is locked down. */
public record Premises(Door door, Building building, boolean lockedDown) {}
