package io.vestibule.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vestibule.json.Faults;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** One request of the API: its path, headers and body, and who asks. */
final class Call {
  private static final int JSON_BYTES_MAX = 256 * 1024;

  private final RoutingContext context;
  private final Duration bodyDeadline;

  Call(RoutingContext context, Duration bodyDeadline) {
    this.context = context;
    this.bodyDeadline = bodyDeadline;
  }

  /** A segment of the path, decoded. */
  String segment(String name) {
    return Optional.ofNullable(context.pathParam(name)).orElse("");
  }

  /** The id in the path; text that is none names nothing, so it is 404. */
  <T> T id(String name, Function<String, Optional<T>> parse) {
    return parse.apply(segment(name)).orElseThrow(() -> Refusal.notFound(name));
  }

  /** The id in the path of something to be made; text that is none is 400. */
  <T> T newId(String name, Function<String, Optional<T>> parse) {
    return parse
        .apply(segment(name))
        .orElseThrow(() -> Refusal.malformed("The " + name + " in the path is no identifier."));
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(context.request().getHeader(name));
  }

  List<String> headers(String name) {
    return context.request().headers().getAll(name);
  }

  Optional<MediaType> contentType() {
    return MediaType.parse(header("Content-Type"));
  }

  /** The body as JSON; 400, 408, 413 or 415 where it is none. */
  Future<JsonNode> json() {
    if (contentType().filter(MediaType::json).isEmpty()) {
      return Future.failedFuture(unsupported("application/json"));
    }
    return body(JSON_BYTES_MAX).map(Call::parse);
  }

  /** As {@link #json()}, but no body at all will do. */
  Future<Optional<JsonNode>> optionalJson() {
    if (header("Content-Type").isPresent()) {
      return body(JSON_BYTES_MAX)
          .map(bytes -> bytes.length() == 0 ? Optional.empty() : Optional.of(typed(bytes)));
    }
    return body(JSON_BYTES_MAX)
        .map(
            bytes -> {
              if (bytes.length() > 0) {
                throw unsupported("application/json");
              }
              return Optional.empty();
            });
  }

  /** The body's bytes; 413 past the bound, 408 past the deadline. */
  Future<Buffer> body(int bytesMax) {
    HttpServerRequest request = context.request();
    if (declaredBytes(request) > bytesMax) {
      return Future.failedFuture(tooLarge(bytesMax));
    }
    if (request.isEnded()) {
      // It was paused, so only its reset can have ended it: nobody waits for the answer.
      return Future.failedFuture(unreadable());
    }
    return Body.collect(request, bytesMax)
        .timeout(bodyDeadline.toMillis(), TimeUnit.MILLISECONDS)
        .recover(cause -> Future.failedFuture(refusal(cause, bytesMax)));
  }

  static Refusal unsupported(String wanted) {
    return Refusal.of(
        ApiReason.UNSUPPORTED_MEDIA_TYPE, "The body's Content-Type must be " + wanted + ".");
  }

  private JsonNode typed(Buffer bytes) {
    if (contentType().filter(MediaType::json).isEmpty()) {
      throw unsupported("application/json");
    }
    return parse(bytes);
  }

  private static JsonNode parse(Buffer bytes) {
    try {
      return Json.read(bytes.getBytes());
    } catch (MalformedJson e) {
      Faults faults = new Faults();
      faults.add("", "is not JSON: " + e.getMessage());
      throw Refusal.malformed(faults);
    }
  }

  private static Throwable refusal(Throwable cause, int bytesMax) {
    if (cause instanceof Body.TooLarge) {
      return tooLarge(bytesMax);
    }
    if (cause instanceof TimeoutException) {
      return Refusal.of(ApiReason.REQUEST_TIMED_OUT, "The body did not come in time.");
    }
    // The connection is gone or the framing broken: nobody, or nobody sane, reads the answer.
    return unreadable();
  }

  private static Refusal unreadable() {
    return Refusal.of(ApiReason.BAD_REQUEST, "The body could not be read.");
  }

  private static Refusal tooLarge(int bytesMax) {
    return Refusal.of(ApiReason.TOO_LARGE, "The body may have " + bytesMax + " bytes at the most.");
  }

  private static long declaredBytes(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    // More than 18 digits would overflow; the HTTP codec refused anything but digits already.
    return length == null ? 0 : length.length() > 18 ? Long.MAX_VALUE : Long.parseLong(length);
  }
}
