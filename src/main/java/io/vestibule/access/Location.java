package io.vestibule.access;

/** A point on the earth, in degrees: latitude -90 to 90, longitude -180 to 180. */
public record Location(double lat, double lon) {
  private static final double EARTH_RADIUS_METERS = 6_371_008.8;

  public Location {
    if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) {
      throw new IllegalArgumentException("not a point on the earth");
    }
  }

  /** Great-circle distance (haversine), in metres. */
  public double metersTo(Location other) {
    double dLat = Math.toRadians(other.lat - lat);
    double dLon = Math.toRadians(other.lon - lon);
    double h =
        square(Math.sin(dLat / 2))
            + Math.cos(Math.toRadians(lat))
                * Math.cos(Math.toRadians(other.lat))
                * square(Math.sin(dLon / 2));
    return 2 * EARTH_RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(h)));
  }

  private static double square(double x) {
    return x * x;
  }
}
