package io.vestibule.load.revocation;

import io.vestibule.load.wire.Courier;
import io.vestibule.load.wire.Operator;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One building, its doors and one courier, and every change to them. A door that nobody connects
 * tells most changes apart: a request that passes the policy is answered {@code door_offline},
 * which comes after all that policy refuses. A grant is looked at only where the door is there, so
 * each node has a door that opens.
 */
final class ChangingBuilding {
  static final String SECRET = "load-test-secret";
  private static final String LABEL = "JD014600003SE";
  private static final String QUIET_DOOR = "door-quiet";
  private static final String BUILDING = "elm-street-12";
  private static final String ADMITS =
      "\"admits\":[{\"carrier\":\"swift\",\"doors\":[\"*\"],\"hours\":[{\"days\":"
          + "[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\",\"sat\",\"sun\"],"
          + "\"from\":\"00:00\",\"to\":\"24:00\"}]}]";
  private static final String CONSENT =
      "\"consent\":{\"givenBy\":\"owners\",\"givenAt\":\"2026-01-15T18:00:00Z\"},";
  private static final List<Kind> KINDS = List.of(Kind.values());
  private static final int GRANT_HOURS = 12;

  private final Operator operator;
  private final Courier courier = new Courier("ana");
  private final Courier otherKey = new Courier("ana");
  private final int nodeCount;
  private int grantCount;

  ChangingBuilding(Operator operator, int nodeCount) {
    this.operator = operator;
    this.nodeCount = nodeCount;
  }

  void provision() throws IOException {
    operator.perform(building(CONSENT));
    operator.perform(quietDoor("active"));
    for (int node = 0; node < nodeCount; node++) {
      operator.perform(openingDoor(doorOf(node)));
    }
    operator.perform(courier(courier, "active"));
  }

  /** The door that is connected to that node, and to no other. */
  static String doorOf(int node) {
    return "door-of-node-" + (char) ('a' + node);
  }

  /** A request that nothing is wrong with, unlike any before. */
  byte[] request(Change.Target target) {
    return courier.sign(target.door(), target.grant(), LABEL);
  }

  /** The change by number: the kinds in turn, and for grants the nodes in turn. */
  Change change(int number) throws IOException {
    Kind kind = KINDS.get(number % KINDS.size());
    return switch (kind) {
      case COURIER_SUSPENDED ->
          reversible(kind, courier(courier, "suspended"), courier(courier, "active"));
      case KEY_REMOVED -> reversible(kind, courier(otherKey, "active"), courier(courier, "active"));
      case CONSENT_LIFTED -> reversible(kind, building(""), building(CONSENT));
      case LOCKDOWN ->
          reversible(kind, operator.post(lockdown(), "{}"), operator.delete(lockdown()));
      case DOOR_SUSPENDED -> reversible(kind, quietDoor("suspended"), quietDoor("active"));
      case GRANT_REVOKED -> grantRevoked(number / KINDS.size() % nodeCount);
    };
  }

  private Change reversible(Kind kind, Operator.Call apply, Operator.Call undo) {
    List<Change.Target> targets =
        IntStream.range(0, nodeCount)
            .mapToObj(node -> new Change.Target(node, QUIET_DOOR, "none", "door_offline"))
            .toList();
    return new Change(kind, apply, Optional.of(undo), targets);
  }

  /** All openings fall within the grace of one visit, so the grant never runs out by itself. */
  private Change grantRevoked(int node) throws IOException {
    String grant = "grant-" + ++grantCount;
    String door = doorOf(node);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String json =
        "{\"id\":\"%s\",\"courier\":\"%s\",\"door\":\"%s\",\"parcels\":[\"%s\"],\"notBefore\":\"%s\",\"notAfter\":\"%s\",\"maxUses\":1,\"graceSeconds\":900}"
            .formatted(
                grant,
                courier.id(),
                door,
                Courier.parcel(LABEL),
                now.minus(1, ChronoUnit.HOURS),
                now.plus(GRANT_HOURS, ChronoUnit.HOURS));
    operator.perform(operator.post("/v1/grants", json));
    return new Change(
        Kind.GRANT_REVOKED,
        operator.delete("/v1/grants/" + grant),
        Optional.empty(),
        List.of(new Change.Target(node, door, grant, "opened")));
  }

  private Operator.Call building(String consent) {
    return operator.put(
        "/v1/buildings/" + BUILDING,
        "{\"manager\":\"elm-homes\",\"timezone\":\"America/New_York\"," + consent + ADMITS + "}");
  }

  private Operator.Call quietDoor(String status) {
    return operator.put(
        "/v1/doors/" + QUIET_DOOR,
        "{\"building\":\"%s\",\"status\":\"%s\"}".formatted(BUILDING, status));
  }

  private Operator.Call openingDoor(String id) {
    return operator.put(
        "/v1/doors/" + id, "{\"building\":\"%s\",\"secret\":\"%s\"}".formatted(BUILDING, SECRET));
  }

  private Operator.Call courier(Courier withKey, String status) {
    return operator.put(
        "/v1/couriers/" + courier.id(),
        "{\"carrier\":\"swift\",\"keys\":[%s],\"screening\":{\"status\":\"passed\",\"expiresAt\":\"2046-01-01T00:00:00Z\"},\"status\":\"%s\"}"
            .formatted(withKey.jwk(), status));
  }

  private static String lockdown() {
    return "/v1/buildings/" + BUILDING + "/lockdown";
  }
}
