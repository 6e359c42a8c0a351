package io.vestibule.access;

/** The angle between two points of a sphere as that between vectors from its centre. */
final class PlainDistance {
  private static final double EARTH_RADIUS_METERS = 6_371_008.8;

  private PlainDistance() {}

  static double meters(Location one, Location other) {
    double[] a = vector(one);
    double[] b = vector(other);
    double[] cross = {
      a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    };
    double sine = Math.sqrt(dot(cross, cross));
    return EARTH_RADIUS_METERS * Math.atan2(sine, dot(a, b));
  }

  private static double[] vector(Location location) {
    double lat = Math.toRadians(location.lat());
    double lon = Math.toRadians(location.lon());
    return new double[] {
      Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)
    };
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }
}
