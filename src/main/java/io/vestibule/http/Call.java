package io.vestibule.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vestibule.json.Faults;
import io.vestibule.json.Json;
import io.vestibule.json.MalformedJson;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** One request of the API: its path, headers and body, and who asks. */
final class Call {
  private static final int JSON_BYTES_MAX = 256 * 1024;
  private static final int NAME_LENGTH_SHOWN_MAX = 64;
  private static final String ANSWERED = "vestibule.answered";

  private final RoutingContext context;
  private final Duration bodyDeadline;

  Call(RoutingContext context, Duration bodyDeadline) {
    this.context = context;
    this.bodyDeadline = bodyDeadline;
  }

  /** Runs that once the answer is written, or nobody is left to read it. */
  void onAnswered(Runnable then) {
    context.put(ANSWERED, then);
  }

  /** To be called once, by whoever answers. */
  static void answered(RoutingContext context, int status) {
    Exchange.of(context).answered(status);
    Runnable then = context.remove(ANSWERED);
    if (then != null) {
      then.run();
    }
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

  /** The parameters of the query; 400 naming one that is not known or comes twice. */
  Map<String, String> parameters(Set<String> known) {
    Map<String, String> parameters = new HashMap<>();
    for (Map.Entry<String, String> entry : query()) {
      String name = entry.getKey();
      if (!known.contains(name)) {
        throw Refusal.malformed("There is no parameter " + shown(name) + " here.");
      }
      if (parameters.put(name, entry.getValue()) != null) {
        throw Refusal.malformed("The parameter " + name + " is given more than once.");
      }
    }
    return parameters;
  }

  /** The one of the offers that the client likes best; 406 where it takes none. */
  String negotiate(List<String> offers) {
    return new Acceptable(headers("Accept"))
        .best(offers)
        .orElseThrow(
            () ->
                Refusal.of(
                    ApiReason.NOT_ACCEPTABLE, "Here is " + String.join(" or ", offers) + "."));
  }

  /** Whether nobody is there to answer. */
  boolean abandoned() {
    return context.response().closed();
  }

  /**
   * Begins an answer of status 200 that goes on; the endpoint then gives {@link Reply#underWay}.
   */
  HttpServerResponse begin(String contentType) {
    if (!context.request().isEnded()) {
      context.request().resume();
    }
    HttpServerResponse response = context.response();
    Exchange.of(context).streams(response.getStatusCode());
    Gate.secure(response);
    return response.setChunked(true).putHeader("Content-Type", contentType);
  }

  /** Ends an answer that was begun so that it does not look complete, whatever is unread. */
  void breakOff() {
    HttpServerRequest request = context.request();
    if (request.version() != HttpVersion.HTTP_2) {
      Connections.cut(request.connection());
    } else {
      Future<Void> unused = context.response().reset();
    }
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

  private MultiMap query() {
    try {
      return context.queryParams();
    } catch (HttpException undecodable) {
      throw Refusal.malformed("The query is not percent-encoded as RFC 3986 asks.");
    }
  }

  /** What a client sent goes back to it in part only. */
  private static String shown(String name) {
    return name.length() <= NAME_LENGTH_SHOWN_MAX ? name : name.substring(0, NAME_LENGTH_SHOWN_MAX);
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
