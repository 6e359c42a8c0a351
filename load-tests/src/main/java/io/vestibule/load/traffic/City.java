package io.vestibule.load.traffic;

import io.vestibule.load.wire.Courier;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who is there and may open what: doors in buildings, couriers with a key each, and grants that are
 * dealt to the doors in turn.
 */
public final class City {
  /** What a grant is for, and a request shows. */
  static final String LABEL = "JD014600003SE";

  /** The most that a grant may be used for. */
  public static final int USES_PER_GRANT = 100;

  private static final int COURIERS_MIN = 10;
  private static final int COURIERS_MAX = 1_000;
  private static final int DOORS_PER_BUILDING = 20;
  private static final int GRANT_HOURS = 12;
  private static final String PARCEL = Courier.parcel(LABEL);

  private final String run = "run-" + Long.toString(System.currentTimeMillis(), 36);
  private final Size size;
  private final List<Courier> couriers;

  /** How many there are of each; there are at least as many grants as doors. */
  public record Size(int doors, int couriers, int grants) {
    /** With as many grants as so many unlocks use up, and a fifth more. */
    public static Size forUnlocks(int doors, long unlocks) {
      long perDoor = 1 + unlocks * 6 / 5 / ((long) doors * USES_PER_GRANT);
      int couriers = Math.min(Math.max(COURIERS_MIN, doors / 10), COURIERS_MAX);
      return new Size(doors, couriers, Math.toIntExact(doors * perDoor));
    }

    /** How often doors may be opened before a grant is used up, where they come in turn. */
    long unlocksMax() {
      return (long) doors * grantsPerDoor() * USES_PER_GRANT;
    }

    int buildings() {
      return (doors + DOORS_PER_BUILDING - 1) / DOORS_PER_BUILDING;
    }

    /** Each door has as many or one more. */
    int grantsPerDoor() {
      return grants / doors;
    }
  }

  public City(Size size) {
    this.size = size;
    this.couriers =
        IntStream.range(0, size.couriers())
            .parallel()
            .mapToObj(number -> new Courier("courier-" + number))
            .toList();
  }

  public Size size() {
    return size;
  }

  /** The id of a door, which are numbered from 0. */
  static String door(int number) {
    return "door-" + (number + 1);
  }

  /** Unlike those of any other run, which the same target may have seen. */
  String grant(int number) {
    return run + "-" + number;
  }

  int doorOf(int grant) {
    return grant % size.doors();
  }

  Courier courierOf(int grant) {
    return couriers.get(grant % couriers.size());
  }

  /** The grant of a door by number: any number does, and they come in turn. */
  int grantOf(int door, long turn) {
    return door + (int) (turn % size.grantsPerDoor()) * size.doors();
  }

  static String building(int number) {
    return "building-" + number;
  }

  static String buildingJson() {
    return "{\"manager\":\"elm-homes\",\"timezone\":\"America/New_York\","
        + "\"consent\":{\"givenBy\":\"owners\",\"givenAt\":\"2026-01-15T18:00:00Z\"},"
        + "\"admits\":[{\"carrier\":\"swift\",\"doors\":[\"*\"],\"hours\":[{\"days\":"
        + "[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\",\"sat\",\"sun\"],"
        + "\"from\":\"00:00\",\"to\":\"24:00\"}]}]}";
  }

  static String doorJson(int door) {
    return "{\"building\":\"%s\"}".formatted(building(door / DOORS_PER_BUILDING));
  }

  Courier courier(int number) {
    return couriers.get(number);
  }

  String courierJson(int number) {
    return "{\"carrier\":\"swift\",\"keys\":[%s],\"screening\":{\"status\":\"passed\",\"expiresAt\":\"2046-01-01T00:00:00Z\"}}"
        .formatted(courier(number).jwk());
  }

  /** Each opening is a visit of its own. */
  String grantJson(int grant, Instant now) {
    Instant from = now.truncatedTo(ChronoUnit.SECONDS).minus(1, ChronoUnit.HOURS);
    return "{\"id\":\"%s\",\"courier\":\"%s\",\"door\":\"%s\",\"parcels\":[\"%s\"],\"notBefore\":\"%s\",\"notAfter\":\"%s\",\"maxUses\":%d,\"graceSeconds\":0}"
        .formatted(
            grant(grant),
            courierOf(grant).id(),
            door(doorOf(grant)),
            PARCEL,
            from,
            from.plus(GRANT_HOURS, ChronoUnit.HOURS),
            USES_PER_GRANT);
  }
}
