package io.vestibule.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vestibule.access.Reason;
import io.vestibule.metrics.Count;
import io.vestibule.metrics.Meters;
import io.vestibule.store.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The edge of every route: lets in whom the route is for, and turns what comes of it into bytes;
 * the one place where failures and bugs become answers.
 */
final class Gate {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  // A refused client may finish sending: most do at once, and their connection can be used again.
  private static final Duration GRACE = Duration.ofMillis(500);
  // Closing while it sends would reset the connection, and the answer might never be read.
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final BearerAuth auth;
  private final Meters meters;
  private final Duration bodyDeadline;

  Gate(BearerAuth auth, Meters meters, Duration bodyDeadline) {
    this.auth = auth;
    this.meters = meters;
    this.bodyDeadline = bodyDeadline;
  }

  /** A route for everybody. */
  Handler<RoutingContext> open(Endpoint endpoint) {
    return context -> run(context, endpoint);
  }

  /** A route for bearers of any one of the scopes. */
  Handler<RoutingContext> guarded(List<Scope> anyOf, Function<Caller, Endpoint> endpoint) {
    return context ->
        run(
            context,
            call ->
                auth.authenticate(call.header("Authorization"))
                    .compose(caller -> admit(caller, anyOf))
                    .compose(caller -> endpoint.apply(caller).answer(call)));
  }

  /** Answers a request that no route took, or that failed on its way to one. */
  void refuse(RoutingContext context, ApiReason reason, String detail) {
    answer(context, Problem.of(reason, detail).reply());
  }

  void refuseMethod(RoutingContext context, String allow) {
    Problem problem =
        Problem.of(ApiReason.METHOD_NOT_ALLOWED, "Here one may " + allow + ".")
            .withHeader("Allow", allow);
    answer(context, problem.reply());
  }

  void bug(RoutingContext context, Throwable bug) {
    answer(context, bugProblem(bug).reply());
  }

  private void run(RoutingContext context, Endpoint endpoint) {
    // Nothing is read before the route asks for it, which may be a hop or two later.
    if (!context.request().isEnded()) {
      context.request().pause();
    }
    Future.succeededFuture(new Call(context, bodyDeadline))
        .compose(endpoint::answer)
        .otherwise(failure -> problem(failure).reply())
        .onSuccess(
            reply -> {
              if (!reply.isUnderWay()) {
                answer(context, reply);
              }
            });
  }

  private static Future<Caller> admit(Caller caller, List<Scope> anyOf) {
    return caller.mayAny(anyOf)
        ? Future.succeededFuture(caller)
        : Future.failedFuture(
            BearerAuth.insufficientScope(
                anyOf.stream().map(Scope::code).collect(Collectors.joining(" "))));
  }

  private Problem problem(Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return refusal.problem();
    }
    return failure instanceof StoreUnavailable
        ? Problem.of(Reason.STORE_UNAVAILABLE)
        : bugProblem(failure);
  }

  private Problem bugProblem(Throwable bug) {
    meters.count(Count.HTTP_BUGS);
    LOG.error("A request met a bug", bug);
    return Problem.of(ApiReason.INTERNAL_ERROR, "The gateway met a fault of its own.");
  }

  /** Answers once the body is in, read or dropped; a client that goes on sending is closed. */
  private static void answer(RoutingContext context, Reply reply) {
    HttpServerRequest request = context.request();
    if (request.isEnded()) {
      write(context, reply, false);
      return;
    }
    if (!bodied(request)) {
      request.resume();
      write(context, reply, false);
      return;
    }
    Body.drop(request)
        .timeout(GRACE.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(dropped -> write(context, reply, dropped.failed()));
  }

  private static void write(RoutingContext context, Reply reply, boolean close) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      Call.answered(context, reply.status());
      return;
    }
    if (response.headWritten()) {
      response.reset(); // A bug met an answer that had begun; it must not look complete.
      return;
    }
    response.setStatusCode(reply.status());
    reply.headers().forEach(response::putHeader);
    secure(response);
    if (!reply.contentType().isEmpty()) {
      response.putHeader("Content-Type", reply.contentType());
    }
    if (close && !http2(context.request())) {
      response.putHeader("Connection", "close");
    }
    Future<Void> written = end(context.request(), reply);
    written.onComplete(done -> Call.answered(context, reply.status()));
    written.onFailure(gone -> LOG.debug("Nobody reads the answer: {}", gone.getMessage()));
    if (close) {
      context.vertx().setTimer(LINGER.toMillis(), timer -> close(context.request()));
    }
  }

  /** HEAD is told of the body and not sent it: over HTTP/2 the library would. */
  private static Future<Void> end(HttpServerRequest request, Reply reply) {
    HttpServerResponse response = request.response();
    Buffer body = Buffer.buffer(reply.body());
    if (body.length() == 0) {
      return response.end();
    }
    if (!HttpMethod.HEAD.equals(request.method())) {
      return response.end(body);
    }
    response.putHeader("Content-Length", Integer.toString(body.length()));
    return response.end();
  }

  static void secure(HttpServerResponse response) {
    response.putHeader("Cache-Control", "no-store");
    response.putHeader("X-Content-Type-Options", "nosniff");
  }

  private static void close(HttpServerRequest request) {
    if (http2(request)) {
      request.response().reset();
    } else {
      request.connection().close();
    }
  }

  private static boolean bodied(HttpServerRequest request) {
    if (http2(request)) {
      return !HttpMethod.GET.equals(request.method()) && !HttpMethod.HEAD.equals(request.method());
    }
    String length = request.getHeader("Content-Length");
    return request.getHeader("Transfer-Encoding") != null
        || (length != null && !length.equals("0"));
  }

  private static boolean http2(HttpServerRequest request) {
    return HttpVersion.HTTP_2.equals(request.version());
  }

  /** What the codec could not make sense of; the connection cannot be trusted any further. */
  static void invalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    ApiReason reason =
        cause instanceof TooLongHttpLineException
            ? ApiReason.URI_TOO_LONG
            : cause instanceof TooLongHttpHeaderException
                ? ApiReason.HEADERS_TOO_LARGE
                : ApiReason.BAD_REQUEST;
    Reply reply = Problem.of(reason, "This is not a request that HTTP allows.").reply();
    HttpServerResponse response = request.response().setStatusCode(reply.status());
    secure(response);
    response
        .putHeader("Content-Type", reply.contentType())
        .putHeader("Connection", "close")
        .end(reply.body())
        .onComplete(written -> request.connection().close());
  }
}
