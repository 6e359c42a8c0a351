package io.vestibule.load.faults;

import io.vestibule.load.wire.Courier;
import io.vestibule.load.wire.Operator;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Two buildings with their doors, couriers, and grants that are used up in turn. */
final class TwoBuildings {
  static final String SECRET = "load-test-secret";
  static final String LABEL = "JD014600003SE";
  static final List<String> BUILDINGS = List.of("elm-street-12", "oak-lane-7");

  /** Short, so that a run sees many ends of them; the rate is not what is tested. */
  static final Map<String, String> SETTINGS =
      Map.of(
          "VESTIBULE_UNLOCK_RATE_PER_DOOR", "1000000/s",
          "VESTIBULE_UNLOCK_DEADLINE", "3s",
          "VESTIBULE_UNLOCK_ACK_TIMEOUT", TwoBuildings.ACK_TIMEOUT_MS + "ms");

  static final int ACK_TIMEOUT_MS = 1_500;

  private static final int COURIER_COUNT = 4;
  private static final int USES_MAX = 15;

  /** One request more than its uses goes to each grant. */
  private static final int REQUESTS_PER_GRANT = USES_MAX + 1;

  private static final String ADMITS =
      "\"admits\":[{\"carrier\":\"swift\",\"doors\":[\"*\"],\"hours\":[{\"days\":"
          + "[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\",\"sat\",\"sun\"],"
          + "\"from\":\"00:00\",\"to\":\"24:00\"}]}]";

  private final Operator operator;
  private final List<Courier> couriers = new ArrayList<>();
  private final List<Grant> grants = new ArrayList<>();
  private final List<List<Visit>> visitsByDoor = new ArrayList<>();
  private final List<AtomicInteger> drawnByDoor = new ArrayList<>();

  /** One grant, ready to be asked for. */
  record Visit(Grant grant, Courier courier) {
    /** Unlike any before. */
    byte[] request() {
      return courier.sign(grant.door(), grant.id(), LABEL);
    }
  }

  TwoBuildings(Operator operator) {
    this.operator = operator;
  }

  /** With so many grants at each door as the requests need. */
  void provision(int doorCount, int requestCount) throws IOException {
    for (String building : BUILDINGS) {
      operator.perform(
          operator.put(
              "/v1/buildings/" + building,
              "{\"manager\":\"elm-homes\",\"timezone\":\"America/New_York\",\"consent\":{\"givenBy\":\"owners\",\"givenAt\":\"2026-01-15T18:00:00Z\"},"
                  + ADMITS
                  + "}"));
    }
    for (int index = 0; index < COURIER_COUNT; index++) {
      couriers.add(new Courier("courier-" + index));
      operator.perform(courier(couriers.get(index)));
    }
    // Doors are drawn at random: some get more requests than others.
    int grantsPerDoor = requestCount * 3 / 2 / doorCount / REQUESTS_PER_GRANT + 2;
    for (int door = 0; door < doorCount; door++) {
      operator.perform(door(door));
      visitsByDoor.add(new ArrayList<>());
      drawnByDoor.add(new AtomicInteger());
      for (int number = 0; number < grantsPerDoor; number++) {
        grant(door);
      }
    }
  }

  static String doorId(int index) {
    return "door-" + index;
  }

  List<Grant> grants() {
    return grants;
  }

  /** The grant whose turn it is at that door. */
  Visit draw(int door) {
    List<Visit> visits = visitsByDoor.get(door);
    int drawn = drawnByDoor.get(door).getAndIncrement();
    return visits.get(drawn / REQUESTS_PER_GRANT % visits.size());
  }

  private void grant(int door) throws IOException {
    Courier courier = couriers.get(grants.size() % couriers.size());
    Grant grant = new Grant("grant-" + grants.size(), courier.id(), doorId(door), USES_MAX);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    operator.perform(
        operator.post(
            "/v1/grants",
            "{\"id\":\"%s\",\"courier\":\"%s\",\"door\":\"%s\",\"parcels\":[\"%s\"],\"notBefore\":\"%s\",\"notAfter\":\"%s\",\"maxUses\":%d,\"graceSeconds\":0}"
                .formatted(
                    grant.id(),
                    courier.id(),
                    grant.door(),
                    Courier.parcel(LABEL),
                    now.minus(1, ChronoUnit.HOURS),
                    now.plus(12, ChronoUnit.HOURS),
                    USES_MAX)));
    grants.add(grant);
    visitsByDoor.get(door).add(new Visit(grant, courier));
  }

  private Operator.Call door(int index) {
    String building = BUILDINGS.get(index % BUILDINGS.size());
    return operator.put(
        "/v1/doors/" + doorId(index),
        "{\"building\":\"%s\",\"secret\":\"%s\"}".formatted(building, SECRET));
  }

  private Operator.Call courier(Courier courier) {
    return operator.put(
        "/v1/couriers/" + courier.id(),
        "{\"carrier\":\"swift\",\"keys\":[%s],\"screening\":{\"status\":\"passed\",\"expiresAt\":\"2046-01-01T00:00:00Z\"}}"
            .formatted(courier.jwk()));
  }
}
