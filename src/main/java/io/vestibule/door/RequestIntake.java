package io.vestibule.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vestibule.access.DoorId;
import io.vestibule.access.Reason;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.grant.Outcome;
import io.vestibule.json.Json;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Meters;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.unlock.Answer;
import io.vestibule.unlock.Edge;
import io.vestibule.unlock.Submission;
import io.vestibule.unlock.Unlocks;
import java.util.Optional;
import java.util.function.Consumer;

/** The couriers' requests that one door passed on, until it has been told their outcomes. */
@LoopConfined
final class RequestIntake {
  private final DoorId door;
  private final Unlocks unlocks;
  private final Meters meters;
  private final Guard guard;
  private final int countMax;
  private final Consumer<String> respond;
  private int outstandingCount;

  /** {@code respond} gets the payload of each response. */
  RequestIntake(DoorId door, Doorway doorway, Guard guard, Consumer<String> respond) {
    this.door = door;
    this.unlocks = doorway.parts().unlocks();
    this.meters = doorway.parts().meters();
    this.countMax = doorway.limits().requestsOutstandingMax();
    this.guard = guard;
    this.respond = respond;
  }

  /** Runs {@code durable} once the request is on record or refused for good. */
  void offer(byte[] request, Runnable durable) {
    if (outstandingCount >= countMax) {
      meters.count(Count.DOOR_PUBLISHES_DEFERRED, "full");
      return;
    }
    outstandingCount++;
    unlocks
        .unlock(new Submission(Edge.MQTT, Optional.of(door), Buffer.buffer(request)))
        .onComplete(
            (answer, failure) ->
                guard.run(
                    () -> {
                      if (failure == null) {
                        answered(answer, durable);
                      } else {
                        failed(failure);
                      }
                    }));
  }

  /** Whether a courier's request awaits its outcome. */
  boolean underway() {
    return outstandingCount > 0;
  }

  private void answered(Answer answer, Runnable durable) {
    boolean underway =
        answer.match(
            attempt -> {
              durable.run();
              await(attempt);
              return true;
            },
            denied -> {
              denied(denied, durable);
              return false;
            });
    if (!underway) {
      outstandingCount--;
    }
  }

  private void await(Answer.Underway attempt) {
    attempt
        .outcome()
        .onComplete(
            (outcome, failure) ->
                guard.run(
                    () -> {
                      outstandingCount--;
                      respond.accept(
                          failure == null
                              ? response(attempt.jti(), outcome)
                              : unclosed(attempt.jti(), failure));
                    }));
  }

  private void denied(Answer.Denied denied, Runnable durable) {
    if (denied.reason() == Reason.STORE_UNAVAILABLE) {
      // Without a PUBACK the door sends it again, when the store may be back.
      meters.count(Count.DOOR_PUBLISHES_DEFERRED, "store_unavailable");
    } else {
      durable.run();
    }
    respond.accept(payload(denied.jti(), "refused", Optional.of(denied.reason())));
  }

  private void failed(Throwable bug) {
    outstandingCount--;
    meters.count(Count.DOOR_PUBLISHES_DEFERRED, "error");
    throw new IllegalStateException("request at " + door, bug);
  }

  private static String response(Optional<String> jti, Outcome outcome) {
    return payload(jti, outcome.state(), outcome.why());
  }

  /** The attempt could not be closed: what became of the door is not on record. */
  private static String unclosed(Optional<String> jti, Throwable failure) {
    return payload(
        jti,
        "unknown",
        failure instanceof StoreUnavailable
            ? Optional.of(Reason.STORE_UNAVAILABLE)
            : Optional.empty());
  }

  private static String payload(Optional<String> jti, String state, Optional<Reason> reason) {
    ObjectNode response = Json.object();
    jti.ifPresent(id -> response.put("request", id));
    response.put("state", state);
    reason.ifPresent(r -> response.put("reason", r.code()));
    return Json.write(response);
  }
}
