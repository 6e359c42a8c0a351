package io.vestibule.store;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import io.vestibule.concurrent.LoopConfined;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is subscribed to one channel. Like one that is told of changes it carries
 * nothing else: a message that is pushed while a command is in flight is taken for its reply.
 */
@LoopConfined
final class InboxLink {
  /** Hears what is published. */
  interface Watcher {
    void heard(String message);

    /** Once, and nothing is heard after it. */
    void ended(Throwable cause);
  }

  private final Redis client;
  private final Watcher watcher;
  private final Promise<Void> subscribed = Promise.promise();
  private boolean ended;

  private InboxLink(Redis client, Watcher watcher) {
    this.client = client;
    this.watcher = watcher;
  }

  /** What is subscribed to, of one shard or of all, and how long it may take until it is. */
  record Subscription(String channel, boolean sharded, long timeoutMs) {}

  /** Completes, on the loop that asks, once the server says that it is subscribed. */
  static Future<InboxLink> open(
      Vertx vertx, TrackingTarget target, Subscription subscription, Watcher watcher) {
    Redis client = Redis.createClient(vertx, target.options());
    InboxLink link = new InboxLink(client, watcher);
    return client
        .connect()
        .compose(connection -> link.subscribe(connection, subscription))
        .timeout(subscription.timeoutMs(), TimeUnit.MILLISECONDS)
        .map(link)
        .onFailure(cause -> link.close());
  }

  /** Nothing is heard after it. */
  void close() {
    ended = true;
    client.close();
  }

  private Future<Void> subscribe(RedisConnection connection, Subscription subscription) {
    if (ended) { // It came after its time: Redis would count a listener that hears nothing.
      return connection.close();
    }
    connection.handler(this::told);
    connection.endHandler(nothing -> end(new IllegalStateException("connection closed")));
    connection.exceptionHandler(this::end);
    Command command = subscription.sharded() ? Command.SSUBSCRIBE : Command.SUBSCRIBE;
    // That it was written says nothing: the server's own word is pushed.
    connection
        .send(Request.cmd(command).arg(subscription.channel()))
        .onFailure(subscribed::tryFail);
    return subscribed.future();
  }

  private void told(@Nullable Response message) {
    if (ended || message == null) {
      return;
    }
    if (message.type() != ResponseType.PUSH || message.size() < 3) {
      end(new IllegalStateException("not subscribed: " + message));
      return;
    }
    switch (message.get(0).toString()) {
      case "subscribe", "ssubscribe" -> subscribed.tryComplete();
      case "message", "smessage" -> watcher.heard(message.get(2).toString());
      // The slot has gone to another server.
      case "unsubscribe", "sunsubscribe" -> end(new IllegalStateException("unsubscribed"));
      default -> {
        // Nothing else was asked for.
      }
    }
  }

  private void end(Throwable cause) {
    if (!ended) {
      close();
      subscribed.tryFail(cause);
      watcher.ended(cause);
    }
  }
}
