package io.vestibule.store;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import io.vestibule.concurrent.LoopConfined;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which one server tells of changes under some prefixes ({@code CLIENT TRACKING} in
 * broadcast mode). It carries nothing else: the client takes a message that is pushed while a
 * command is in flight for that command's reply.
 */
@LoopConfined
final class TrackingLink {
  /** Hears what the server tells. */
  interface Watcher {
    void changed(String key);

    void allChanged();

    /** Once, and nothing is told after it. */
    void ended(Throwable cause);
  }

  private static final String INVALIDATE = "invalidate";

  private final Redis client;
  private final Watcher watcher;
  private boolean ended;

  private TrackingLink(Redis client, Watcher watcher) {
    this.client = client;
    this.watcher = watcher;
  }

  /** Completes, on the loop that asks, once the server tells of every change. */
  static Future<TrackingLink> open(
      Vertx vertx, TrackingTarget target, Scope scope, Watcher watcher) {
    Redis client = Redis.createClient(vertx, target.options());
    TrackingLink link = new TrackingLink(client, watcher);
    return client
        .connect()
        .compose(connection -> link.track(connection, scope.prefixes()))
        .timeout(scope.timeoutMs(), TimeUnit.MILLISECONDS)
        .map(link)
        .onFailure(cause -> link.close());
  }

  /** Which changes are to be told, and how long it may take until they are. */
  record Scope(List<String> prefixes, long timeoutMs) {}

  /** Nothing is told after it. */
  void close() {
    ended = true;
    client.close();
  }

  private Future<Response> track(RedisConnection connection, List<String> prefixes) {
    if (ended) { // It came after its time: nobody would hear it.
      return connection.close().compose(closed -> Future.failedFuture("after its time"));
    }
    connection.handler(this::told);
    connection.endHandler(nothing -> end(new IllegalStateException("connection closed")));
    connection.exceptionHandler(this::end);
    Request request = Request.cmd(Command.CLIENT).arg("TRACKING").arg("ON").arg("BCAST");
    prefixes.forEach(prefix -> request.arg("PREFIX").arg(prefix));
    return connection.send(request);
  }

  private void told(@Nullable Response message) {
    if (ended || message == null || message.type() != ResponseType.PUSH || message.size() < 2) {
      return;
    }
    if (!INVALIDATE.equals(message.get(0).toString())) {
      return;
    }
    Response keys = message.get(1);
    if (keys == null) {
      watcher.allChanged();
      return;
    }
    for (Response key : keys) {
      watcher.changed(key.toString());
    }
  }

  private void end(Throwable cause) {
    if (!ended) {
      close();
      watcher.ended(cause);
    }
  }
}
