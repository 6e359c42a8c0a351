package io.vestibule.access;

/** A location from which distances are measured, with what they have in common worked out. */
final class Origin {
  private static final double EARTH_RADIUS_METERS = 6_371_008.8;

  private final double lat;
  private final double lon;
  private final double cosLat;

  Origin(Location location) {
    this.lat = location.lat();
    this.lon = location.lon();
    this.cosLat = cos(location.lat());
  }

  /** Great-circle distance (haversine), in metres. */
  double metersTo(Location other) {
    // Subtracted in degrees, where neighbours lose no digits to a conversion.
    double h =
        haversine(other.lat() - lat) + cosLat * cos(other.lat()) * haversine(other.lon() - lon);
    // Antipodes may come out a rounding error above one, which has no arcsine.
    return 2 * EARTH_RADIUS_METERS * Math.asin(Math.sqrt(Math.min(1, h)));
  }

  private static double haversine(double degrees) {
    double sine = Math.sin(Math.toRadians(degrees) / 2);
    return sine * sine;
  }

  private static double cos(double degrees) {
    return Math.cos(Math.toRadians(degrees));
  }
}
