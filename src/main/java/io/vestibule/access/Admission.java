package io.vestibule.access;

import java.util.OptionalDouble;

/** A building's rule that lets one carrier's couriers in, under conditions. */
public record Admission(
    CarrierId carrier, DoorScope doors, WeeklyHours hours, Conditions conditions) {

  /** What a visit must fulfil besides the hours; the distance is in metres. */
  public record Conditions(
      boolean requireParcel, boolean requireScreening, OptionalDouble maxDistanceMeters) {}
}
