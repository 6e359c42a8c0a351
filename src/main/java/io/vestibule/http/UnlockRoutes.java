package io.vestibule.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vestibule.access.DoorId;
import io.vestibule.access.Reason;
import io.vestibule.access.UnlockId;
import io.vestibule.grant.Attempt;
import io.vestibule.grant.Outcome;
import io.vestibule.json.Json;
import io.vestibule.json.ObjectText;
import io.vestibule.store.StoreUnavailable;
import io.vestibule.time.Rfc3339;
import io.vestibule.unlock.Answer;
import io.vestibule.unlock.Edge;
import io.vestibule.unlock.Submission;
import io.vestibule.unlock.Unlocks;
import java.time.Duration;
import java.time.Instant;

/** Asks for a door to open, and tells what became of an unlock. */
final class UnlockRoutes {
  // Up to here what is too long for a request is read and called malformed; past it, cut off.
  private static final int BODY_BYTES_MAX = 64 * 1024;

  private final Unlocks unlocks;

  UnlockRoutes(Unlocks unlocks) {
    this.unlocks = unlocks;
  }

  Future<Reply> unlock(Call call) {
    if (call.contentType().filter(MediaType::jose).isEmpty()) {
      return Future.failedFuture(Call.unsupported("application/jose"));
    }
    boolean async = new Preferences(call.headers("Prefer")).respondAsync();
    return call.body(BODY_BYTES_MAX)
        .compose(request -> unlocks.unlock(submission(call, request)))
        .compose(
            answer ->
                answer.match(
                    underway ->
                        async ? Future.succeededFuture(accepted(underway)) : await(underway),
                    denied ->
                        Future.succeededFuture(
                            denied(denied.reason(), denied.retryAfter()).reply())));
  }

  Endpoint show(Caller caller) {
    return call ->
        unlocks
            .find(call.id("unlock", UnlockId::parse))
            .map(
                found ->
                    found
                        .filter(attempt -> caller.owns(attempt.who().carrier()))
                        .map(attempt -> Reply.json(200, attempt(attempt)))
                        .orElseThrow(() -> Refusal.notFound("unlock")));
  }

  private static Submission submission(Call call, Buffer request) {
    return new Submission(
        Edge.HTTP, DoorId.parse(call.segment("door")), request, call.header("traceparent"));
  }

  private static Future<Reply> await(Answer.Underway underway) {
    Attempt attempt = underway.attempt();
    return underway
        .outcome()
        .map(outcome -> outcome(attempt, outcome))
        .recover(failure -> unrecorded(attempt, failure))
        .map(reply -> marked(reply, underway));
  }

  private static Reply outcome(Attempt attempt, Outcome outcome) {
    return outcome.match(
        opened -> opened(attempt, opened.at()),
        refused -> withState(denied(refused.reason(), Duration.ZERO), attempt, "refused").reply(),
        unknown ->
            withState(denied(Reason.DOOR_TIMED_OUT, Duration.ZERO), attempt, "unknown").reply());
  }

  private static Reply opened(Attempt attempt, Instant at) {
    return Reply.json(
        200,
        new ObjectText()
            .put("unlock", attempt.unlock().text())
            .put("door", attempt.where().door().text())
            .put("state", "opened")
            .put("openedAt", Rfc3339.withMillis(at)));
  }

  /** The store went away between claim and outcome: the door may have opened all the same. */
  private static Future<Reply> unrecorded(Attempt attempt, Throwable failure) {
    return failure instanceof StoreUnavailable
        ? Future.succeededFuture(
            withState(Problem.of(Reason.STORE_UNAVAILABLE), attempt, "unknown").reply())
        : Future.failedFuture(failure);
  }

  private static Reply accepted(Answer.Underway underway) {
    Attempt attempt = underway.attempt();
    String state = attempt.outcome().map(Outcome::state).orElse("pending");
    Reply reply =
        Reply.json(202, state(attempt, state))
            .withHeader("Location", "/v1/unlocks/" + attempt.unlock().text())
            .withHeader("Preference-Applied", "respond-async");
    return marked(reply, underway);
  }

  private static Reply marked(Reply reply, Answer.Underway underway) {
    return underway.replayed() ? reply.withHeader("Idempotent-Replayed", "true") : reply;
  }

  private static Problem denied(Reason reason, Duration retryAfter) {
    return Problem.of(reason, ReasonStatus.detail(reason), retryAfter);
  }

  private static Problem withState(Problem problem, Attempt attempt, String state) {
    return problem
        .with("unlock", attempt.unlock().text())
        .with("door", attempt.where().door().text())
        .with("state", state);
  }

  private static ObjectNode state(Attempt attempt, String state) {
    return Json.object()
        .put("unlock", attempt.unlock().text())
        .put("door", attempt.where().door().text())
        .put("state", state);
  }

  private static ObjectNode attempt(Attempt attempt) {
    ObjectNode body =
        Json.object()
            .put("unlock", attempt.unlock().text())
            .put("door", attempt.where().door().text())
            .put("courier", attempt.who().courier().text())
            .put("grant", attempt.grant().text())
            .put("state", attempt.outcome().map(Outcome::state).orElse("pending"));
    attempt.outcome().flatMap(Outcome::why).ifPresent(reason -> body.put("reason", reason.code()));
    body.put("claimedAt", Rfc3339.withMillis(attempt.claimedAt()));
    attempt.outcome().ifPresent(outcome -> putTimes(body, outcome));
    return body;
  }

  private static void putTimes(ObjectNode body, Outcome outcome) {
    String at = Rfc3339.withMillis(outcome.at());
    if (outcome instanceof Outcome.Opened) {
      body.put("openedAt", at);
    }
    body.put("endedAt", at);
  }
}
