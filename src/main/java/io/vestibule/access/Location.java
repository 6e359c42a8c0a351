package io.vestibule.access;

/** A point on the earth, in degrees: latitude -90 to 90, longitude -180 to 180. */
public record Location(double lat, double lon) {
  public Location {
    if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) {
      throw new IllegalArgumentException("not a point on the earth");
    }
  }
}
