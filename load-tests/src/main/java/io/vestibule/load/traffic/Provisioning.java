package io.vestibule.load.traffic;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.Progress;
import io.vestibule.load.wire.HttpRequest;
import java.time.Instant;
import java.util.function.IntFunction;

/** Writes a city through the API of what is driven. */
final class Provisioning {
  private final City city;
  private final String token;
  private final Bulk bulk;
  private final Progress progress;

  Provisioning(City city, String token, Bulk bulk, Progress progress) {
    this.city = city;
    this.token = token;
    this.bulk = bulk;
    this.progress = progress;
  }

  /** All of it is there when it returns. */
  void run() throws CannotRun {
    City.Size size = city.size();
    Instant now = Instant.now();
    write(
        "buildings",
        size.buildings(),
        number -> put("/v1/buildings/" + City.building(number), City.buildingJson()));
    write(
        "doors",
        size.doors(),
        number -> put("/v1/doors/" + City.door(number), City.doorJson(number)));
    write(
        "couriers",
        size.couriers(),
        number -> put("/v1/couriers/" + city.courier(number).id(), city.courierJson(number)));
    write(
        "grants",
        size.grants(),
        number -> HttpRequest.api("POST /v1/grants", token, city.grantJson(number, now)));
  }

  private HttpRequest put(String path, String json) {
    return HttpRequest.api("PUT " + path, token, json);
  }

  private void write(String what, int count, IntFunction<HttpRequest> request) throws CannotRun {
    bulk.run(what + " written", count, request, progress);
  }
}
