package io.vestibule.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {
  private static final double HALF_ROUND_METERS = Math.PI * 6_371_008.8;

  /** Great circles on a sphere of the earth's mean radius, 6,371,008.8 m. */
  @ParameterizedTest
  @CsvSource({
    "48.8566,    2.3522,   51.5074,   -0.1278,    343556.5, 0.1",
    "40.7128,  -74.0060,   51.5074,   -0.1278,   5570229.9, 0.1",
    // A degree along a meridian, and one along the equator: the same.
    "0, 0, 1, 0, 111195.08, 0.01",
    "0, 0, 0, 1, 111195.08, 0.01",
    // A degree of longitude at 60 degrees north: about half of one at the equator.
    "60, 10, 60, 11, 55597.01, 0.01",
    // A metre, as a courier at the door sees it.
    "52.3784, 4.9009, 52.378409, 4.9009, 1.0008, 0.0001",
    // Across the date line.
    "0, 179.9999, 0, -179.9999, 22.239, 0.001",
    "-18, 179.5, -18, -179.5, 105752.68, 0.01",
    // Over a pole, and at it, where no longitude means anything.
    "89.9999, 0, 89.9999, 180, 22.239, 0.001",
    "90, 17, 90, -120, 0, 0.001",
    "-90, 0, -90, 180, 0, 0.001",
    "90, 0, -90, 77, 20015114.4, 0.5",
    // Antipodes.
    "0, 0, 0, 180, 20015114.4, 0.5",
    "40.7, -74, -40.7, 106, 20015114.4, 0.5",
    "0, 0, 0, 90, 10007557.2, 0.1",
  })
  void knownDistance(
      double lat, double lon, double otherLat, double otherLon, double meters, double tolerance) {
    Location one = new Location(lat, lon);
    Location other = new Location(otherLat, otherLon);

    assertThat(new Origin(one).metersTo(other)).isCloseTo(meters, within(tolerance));
  }

  @Test
  void samePlace_isNoDistanceAway() {
    Location paris = new Location(48.8566, 2.3522);

    assertThat(new Origin(paris).metersTo(paris)).isZero();
  }

  @Property(tries = 5_000)
  void distance_isThatOfTheVectors(
      @ForAll("locations") Location one, @ForAll("locations") Location other) {
    // Near the antipode a haversine is good to decimetres, elsewhere to far less than a millimetre.
    double plain = PlainDistance.meters(one, other);
    double tolerance = plain > 0.99 * HALF_ROUND_METERS ? 0.5 : 1e-3;

    assertThat(new Origin(one).metersTo(other)).isCloseTo(plain, within(tolerance));
  }

  @Property(tries = 1_000)
  void nearbyDistance_isThatOfTheVectors(
      @ForAll("locations") Location one, @ForAll("steps") Location step) {
    Location other =
        new Location(
            Math.max(-90, Math.min(90, one.lat() + step.lat())),
            Math.max(-180, Math.min(180, one.lon() + step.lon())));

    assertThat(new Origin(one).metersTo(other))
        .isCloseTo(PlainDistance.meters(one, other), within(1e-6));
  }

  @Property(tries = 2_000)
  void distance_isSymmetric_andAtMostHalfRound(
      @ForAll("locations") Location one, @ForAll("locations") Location other) {
    double meters = new Origin(one).metersTo(other);

    assertThat(meters).isBetween(0.0, HALF_ROUND_METERS);
    assertThat(new Origin(other).metersTo(one)).isEqualTo(meters);
  }

  @Property(tries = 2_000)
  void antipode_isHalfRound_andNeverNoNumber(@ForAll("locations") Location one) {
    double lon = one.lon() > 0 ? one.lon() - 180 : one.lon() + 180;

    assertThat(new Origin(one).metersTo(new Location(-one.lat(), lon)))
        .isCloseTo(HALF_ROUND_METERS, within(1.0));
  }

  @Provide
  Arbitrary<Location> locations() {
    return Combinators.combine(degrees(90), degrees(180)).as(Location::new);
  }

  @Provide
  Arbitrary<Location> steps() {
    Arbitrary<Double> step = Arbitraries.doubles().between(-0.01, 0.01).ofScale(7);
    return Combinators.combine(step, step).as(Location::new);
  }

  private static Arbitrary<Double> degrees(double max) {
    return Arbitraries.oneOf(
        Arbitraries.of(-max, -max / 2, 0.0, max / 2, max),
        Arbitraries.doubles().between(-max, max).ofScale(7));
  }
}
