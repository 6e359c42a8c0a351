package io.vestibule.directory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.access.BuildingId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.Location;
import io.vestibule.json.Json;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * What is stored of a town, as JSON: every building admits as many carriers as it has rules, on
 * working days by day, within a distance, with screening and parcel.
 */
public final class TownDocuments {
  /** Where every building stands, and every courier too. */
  public static final Location PLACE = new Location(40.7128, -74.0060);

  private static final Instant MONDAY_NOON = Instant.parse("2026-07-06T16:00:00Z");
  private static final int MINUTES_AROUND_NOON = 180;
  private static final int WEEK_COUNT = 20;

  private final TownSize size;
  private final IntFunction<ObjectNode> jwks;

  /** Couriers have one key each, by their number. */
  public TownDocuments(TownSize size, IntFunction<ObjectNode> jwks) {
    this.size = size;
    this.jwks = jwks;
  }

  /** Equal to all others of the number, and the same as none. */
  public static DoorId door(int number) {
    return new DoorId("door-" + number);
  }

  public static CourierId courier(int number) {
    return new CourierId("courier-" + number);
  }

  public static BuildingId building(int number) {
    return new BuildingId("building-" + number);
  }

  /** The building that the door stands in. */
  public BuildingId buildingOf(DoorId door) {
    return building(number(door.text()) % size.buildingCount);
  }

  /** On a working day by day in summer, in the buildings' zone. */
  public static Instant workingHour(Random random) {
    int day = random.nextInt(7 * WEEK_COUNT);
    long minutes = random.nextInt(-MINUTES_AROUND_NOON, MINUTES_AROUND_NOON);
    int workingDay = day - day % 7 + day % 7 % 5;
    return MONDAY_NOON.plus(workingDay, ChronoUnit.DAYS).plus(minutes, ChronoUnit.MINUTES);
  }

  public String door(DoorId id) {
    return Json.write(
        Json.object()
            .put("building", buildingOf(id).text())
            .put("manager", "elm-homes")
            .put("status", "active")
            .put("holdSeconds", 5));
  }

  public String courier(CourierId id) {
    int number = number(id.text());
    ObjectNode json = Json.object();
    json.put("carrier", carrier(number % size.ruleCountPerBuilding));
    json.putArray("keys").add(jwks.apply(number));
    json.putObject("screening").put("status", "passed").put("expiresAt", "2046-01-01T00:00:00Z");
    json.put("status", "active");
    return Json.write(json);
  }

  public String building() {
    ObjectNode json = Json.object();
    json.put("manager", "elm-homes");
    json.put("timezone", "America/New_York");
    json.putObject("consent")
        .put("givenBy", "owners-meeting")
        .put("givenAt", "2026-01-15T18:00:00Z");
    json.putObject("location").put("lat", PLACE.lat()).put("lon", PLACE.lon());
    ArrayNode admits = json.putArray("admits");
    for (int rule = 0; rule < size.ruleCountPerBuilding; rule++) {
      admit(admits.addObject(), rule);
    }
    json.put("status", "active");
    json.put("retentionDays", 90);
    return Json.write(json);
  }

  private static void admit(ObjectNode json, int rule) {
    json.put("carrier", carrier(rule));
    json.putArray("doors").add("*");
    ObjectNode hours = json.putArray("hours").addObject();
    ArrayNode days = hours.putArray("days");
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day != DayOfWeek.SATURDAY && day != DayOfWeek.SUNDAY) {
        days.add(day.name().substring(0, 3).toLowerCase(Locale.ROOT));
      }
    }
    hours.put("from", "07:00").put("to", "21:00");
    json.put("maxDistanceMeters", 75);
  }

  private static String carrier(int number) {
    return "carrier-" + number;
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
  }
}
