package io.vestibule.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vestibule.json.Json;
import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Sets the street up over the API: four buildings, their doors, the carriers' couriers. */
final class Provisioning {
  private static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");
  private static final DateTimeFormatter HOURS = DateTimeFormatter.ofPattern("HH:mm");
  private static final String[] DAYS = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

  private final DemoApi api;
  private final Cast cast;
  private final Instant now;

  Provisioning(DemoApi api, Cast cast, Time time) {
    this.api = api;
    this.cast = cast;
    this.now = time.now();
  }

  /** Fails with the first call that the gateway did not accept. */
  Future<Void> run() {
    return buildings().compose(nothing -> doors()).compose(nothing -> couriers());
  }

  private Future<Void> buildings() {
    ObjectNode first = building();
    first.withArray("admits").add(admission(Cast.SWIFT, "00:00", "24:00"));
    first.withArray("admits").add(closedHours(Cast.PEDAL));
    ObjectNode second = building();
    second
        .withArray("admits")
        .add(admission(Cast.SWIFT, "00:00", "24:00").put("maxDistanceMeters", 75));
    ObjectNode third = building();
    third.remove("consent");
    third.withArray("admits").add(admission(Cast.SWIFT, "00:00", "24:00"));
    ObjectNode fourth = building().put("status", "suspended");
    fourth.withArray("admits").add(admission(Cast.SWIFT, "00:00", "24:00"));
    return all(
        List.of(
            manager("/v1/buildings/harbour-1", first),
            manager("/v1/buildings/harbour-2", second),
            manager("/v1/buildings/harbour-3", third),
            manager("/v1/buildings/harbour-4", fourth)));
  }

  private Future<Void> doors() {
    List<Future<Void>> calls = new ArrayList<>();
    for (Role role : Role.values()) {
      calls.add(
          door(role.door(), role.building(), role == Role.CONDEMNED ? "suspended" : "active"));
    }
    for (String door : cast.ordinaryDoors()) {
      calls.add(door(door, "harbour-1", "active"));
    }
    return all(calls);
  }

  private Future<Void> couriers() {
    Instant nextYear = now.plus(Duration.ofDays(365));
    Instant yesterday = now.minus(Duration.ofDays(1));
    return all(
        List.of(
            courier(cast.ann, cast.ann.phone(), nextYear, "active"),
            courier(cast.ben, cast.ben.phone(), nextYear, "active"),
            courier(cast.sid, cast.sid.phone(), nextYear, "suspended"),
            courier(cast.lou, cast.lou.phone(), yesterday, "active"),
            courier(cast.kim, cast.kimsStolenPhone, nextYear, "active"),
            courier(cast.pia, cast.pia.phone(), nextYear, "active")));
  }

  /** Puts a courier with one key, instead of whichever were there. */
  Future<Void> courier(Courier courier, Phone phone, Instant screenedUntil, String status) {
    ObjectNode body = Json.object().put("status", status);
    body.putArray("keys").add(phone.publicKey().toJwk());
    body.putObject("screening").put("status", "passed").put("expiresAt", screenedUntil.toString());
    return accepted(api.put("/v1/couriers/" + courier.id(), cast.carrierToken(courier), body));
  }

  /** The courier got a new phone, and the old one's key is gone. */
  Future<Void> replaceStolenPhone() {
    return courier(cast.kim, cast.kim.phone(), now.plus(Duration.ofDays(365)), "active");
  }

  private Future<Void> door(String door, String building, String status) {
    ObjectNode body =
        Json.object().put("building", building).put("status", status).put("holdSeconds", 1);
    return manager("/v1/doors/" + door, body);
  }

  private ObjectNode building() {
    ObjectNode body =
        Json.object()
            .put("manager", Cast.MANAGER)
            .put("timezone", ZONE.getId())
            .put("status", "active")
            .put("retentionDays", 30);
    body.putObject("consent")
        .put("givenBy", "owners-association")
        .put("givenAt", now.minus(Duration.ofDays(30)).toString())
        .put("document", "resolution-7");
    body.putObject("location").put("lat", Cast.STREET.lat()).put("lon", Cast.STREET.lon());
    return body;
  }

  private static ObjectNode admission(String carrier, String from, String to) {
    ObjectNode admission =
        Json.object()
            .put("carrier", carrier)
            .put("requireParcel", true)
            .put("requireScreening", true);
    admission.putArray("doors").add("*");
    ObjectNode range = admission.putArray("hours").addObject();
    for (String day : DAYS) {
      range.withArray("days").add(day);
    }
    range.put("from", from).put("to", to);
    return admission;
  }

  /** Open for two hours each day, and at no time near this one. */
  private ObjectNode closedHours(String carrier) {
    LocalTime local = LocalTime.ofInstant(now, ZONE);
    return admission(carrier, HOURS.format(local.plusHours(8)), HOURS.format(local.plusHours(10)));
  }

  private Future<Void> manager(String path, ObjectNode body) {
    return accepted(api.put(path, cast.managerToken(), body));
  }

  private static Future<Void> accepted(Future<Reply> call) {
    return call.compose(
        reply ->
            reply.succeeded()
                ? Future.succeededFuture()
                : Future.failedFuture(
                    "the gateway refused the set-up: " + reply.status() + " " + reply.body()));
  }

  private static Future<Void> all(List<Future<Void>> calls) {
    return Future.all(calls).mapEmpty();
  }
}
