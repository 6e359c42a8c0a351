package io.vestibule.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vestibule.access.DoorId;
import io.vestibule.client.DoorFleet;
import io.vestibule.client.SimulatedDoor;
import io.vestibule.json.Json;
import io.vestibule.signing.Sha256;
import io.vestibule.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** What couriers, their backends and the manager do in a scene; each answer goes on the board. */
final class Errands {
  // What was just written is asked for over another connection; this is a wide margin.
  private static final Duration SETTLE = Duration.ofMillis(100);

  private final Vertx vertx;
  private final Time time;
  private final DemoApi api;
  private final Cast cast;
  private final DoorFleet fleet;
  private final Scoreboard board;
  private int labelNumber;

  Errands(Vertx vertx, Time time, Props props) {
    this.vertx = vertx;
    this.time = time;
    this.api = props.api();
    this.cast = props.cast();
    this.fleet = props.fleet();
    this.board = props.board();
  }

  /** What the errands are run with. */
  record Props(DemoApi api, Cast cast, DoorFleet fleet, Scoreboard board) {}

  Instant now() {
    return time.now();
  }

  Future<Void> pause(Duration wait) {
    return vertx.timer(wait.toMillis(), TimeUnit.MILLISECONDS).mapEmpty();
  }

  /** A grant as it usually is. */
  Future<Grant> grant(Courier courier, String door) {
    return grant(courier, door, Terms.usual());
  }

  Future<Grant> grant(Courier courier, String door, Terms terms) {
    Grant grant = new Grant("", courier, door, "parcel-" + ++labelNumber);
    ObjectNode body =
        Json.object()
            .put("courier", courier.id())
            .put("door", door)
            .put("notBefore", time.now().plus(terms.startsIn()).toString())
            .put("notAfter", time.now().plus(terms.endsIn()).toString())
            .put("maxUses", terms.usesMax())
            .put("graceSeconds", terms.graceSeconds());
    body.putArray("parcels")
        .add(Sha256.base64Url(grant.label()))
        .add(Sha256.base64Url(grant.secondLabel()));
    return api.post("/v1/grants", cast.carrierToken(courier), body)
        .compose(Errands::accepted)
        .map(reply -> reply.fields().text("id", 64).orElse("without-an-id"))
        .map(id -> new Grant(id, courier, door, grant.label()));
  }

  Draft draft(Grant grant) {
    return Draft.of(grant.courier(), grant.door(), grant, time.now());
  }

  /** Posts signed bytes as a courier's app does. */
  Future<Answer> post(String door, String jws) {
    return api.unlock(door, jws).map(Answer::of).map(answer -> board.heard(door, answer));
  }

  Future<Answer> post(Draft draft) {
    return post(draft.door(), draft.signed());
  }

  /** Grant, unlock. */
  Future<Answer> visit(Courier courier, String door) {
    return grant(courier, door).compose(grant -> post(draft(grant)));
  }

  /** Shows signed bytes to the door instead of sending them. */
  Future<Answer> show(Draft draft) {
    return door(draft.door())
        .ask(draft.jti(), draft.signed())
        .map(response -> Answer.atTheDoor(response.state(), response.reason()))
        .map(answer -> board.heard(draft.door(), answer));
  }

  Future<Reply> postAndLeave(Draft draft) {
    return api.unlockAndLeave(draft.door(), draft.signed());
  }

  /** Asks for an attempt until it is no longer pending. */
  Future<Answer> poll(String location, Draft draft) {
    return api.get(location, cast.carrierToken(draft.courier()))
        .map(Answer::of)
        .compose(
            answer ->
                answer.word().equals("pending")
                    ? pause(SETTLE).compose(nothing -> poll(location, draft))
                    : Future.succeededFuture(board.heard(draft.door(), answer)));
  }

  Future<Void> delivered(Grant grant) {
    return api.post(
            grantPath(grant) + "/delivered", cast.carrierToken(grant.courier()), Json.object())
        .compose(Errands::accepted)
        .mapEmpty();
  }

  Future<Void> revoke(Grant grant) {
    return api.delete(grantPath(grant), cast.carrierToken(grant.courier()))
        .compose(Errands::accepted)
        .mapEmpty();
  }

  Future<Void> lockDown(String building) {
    return settled(
        api.post("/v1/buildings/" + building + "/lockdown", cast.managerToken(), Json.object()));
  }

  Future<Void> liftLockdown(String building) {
    return settled(api.delete("/v1/buildings/" + building + "/lockdown", cast.managerToken()));
  }

  Future<Void> settle() {
    return pause(SETTLE);
  }

  SimulatedDoor door(String door) {
    return fleet.door(new DoorId(door));
  }

  /** How often a door opened for an unlock. */
  Future<Long> openings(String door, String unlock) {
    return door(door)
        .openings()
        .map(
            openings ->
                openings.stream().filter(opening -> opening.unlock().equals(unlock)).count());
  }

  private Future<Void> settled(Future<Reply> change) {
    return change.compose(Errands::accepted).compose(reply -> settle());
  }

  private static String grantPath(Grant grant) {
    return "/v1/grants/" + grant.id();
  }

  private static Future<Reply> accepted(Reply reply) {
    return reply.succeeded()
        ? Future.succeededFuture(reply)
        : Future.failedFuture("refused: " + reply.status() + " " + reply.body());
  }
}
