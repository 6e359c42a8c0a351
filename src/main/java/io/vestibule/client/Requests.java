package io.vestibule.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vestibule.concurrent.LoopConfined;
import io.vestibule.json.Faults;
import io.vestibule.json.Fields;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The requests that a door has passed on and that the gateway has not answered yet. */
@LoopConfined
final class Requests {
  private static final int COUNT_MAX = 64;
  // Longer than the gateway's own deadline, so that its answer is what the courier sees.
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(12);

  private final Vertx vertx;
  private final Map<String, Promise<Response>> byId = new HashMap<>();

  Requests(Vertx vertx) {
    this.vertx = vertx;
  }

  Future<Response> expect(String request) {
    if (byId.size() == COUNT_MAX || byId.containsKey(request)) {
      return Future.failedFuture("too many requests at this door");
    }
    Promise<Response> promise = Promise.promise();
    byId.put(request, promise);
    long timer =
        vertx.setTimer(RESPONSE_TIMEOUT.toMillis(), late -> giveUp(request, "no response"));
    return promise.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  void giveUp(String request, String why) {
    take(request).ifPresent(promise -> promise.fail(why));
  }

  void answered(Buffer payload) {
    read(payload)
        .ifPresent(
            response -> take(response.request()).ifPresent(promise -> promise.complete(response)));
  }

  private Optional<Promise<Response>> take(String request) {
    return Optional.ofNullable(byId.remove(request));
  }

  private static Optional<Response> read(Buffer payload) {
    Fields fields;
    try {
      fields = Fields.of(Json.read(payload.getBytes()), new Faults());
    } catch (MalformedJson e) {
      return Optional.empty();
    }
    return fields
        .text("request", 64)
        .flatMap(
            request ->
                fields
                    .text("state", 32)
                    .map(state -> new Response(request, state, fields.optionalText("reason", 64))));
  }
}
