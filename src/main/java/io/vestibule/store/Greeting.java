package io.vestibule.store;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vestibule.config.Durability;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a server that has just been connected to can serve: one that loads its data
 * accepts connections too, and one that evicts keys would forget attempts, and open twice.
 */
final class Greeting {
  private final Durability durability;

  /** What is known of the server, and how it confirms. */
  record Greeted(ServerInfo server, Confirming confirming) {}

  Greeting(Durability durability) {
    this.durability = durability;
  }

  /** Fails with Redis' own error, or with a {@link LinkFailure} that says what is unsafe. */
  Future<Greeted> greet(RedisConnection made) {
    return made.send(Request.cmd(Command.PING))
        .compose(pong -> made.send(Request.cmd(Command.INFO)))
        .map(info -> ServerInfo.read(text(info)))
        .compose(
            server ->
                server.evicts()
                    ? unsafe(
                        "maxmemory-policy is "
                            + server.evictionPolicy()
                            + " and must be noeviction, or grants and attempts may vanish")
                    : confirming(made, server));
  }

  private Future<Greeted> confirming(RedisConnection made, ServerInfo server) {
    return switch (durability) {
      case PRIMARY -> Future.succeededFuture(new Greeted(server, Confirming.NOTHING));
      case REPLICA -> Future.succeededFuture(new Greeted(server, Confirming.REPLICA));
      case DISK -> disk(made, server);
    };
  }

  private static Future<Greeted> disk(RedisConnection made, ServerInfo server) {
    if (!server.appendOnly()) {
      return unsafe("store.durability is disk and appendonly is no");
    }
    return server.waitsForDisk()
        ? Future.succeededFuture(new Greeted(server, Confirming.DISK))
        : syncedAlways(made, server);
  }

  /** Where WAITAOF is missing: a server that syncs each write replies after that. */
  private static Future<Greeted> syncedAlways(RedisConnection made, ServerInfo server) {
    return made.send(Request.cmd(Command.CONFIG).arg("GET").arg("appendfsync"))
        .compose(
            told ->
                told != null && told.size() == 2 && text(told.get(1)).equals("always")
                    ? Future.succeededFuture(new Greeted(server, Confirming.NOTHING))
                    : unsafe(
                        "store.durability is disk: before Redis 7.2 that needs appendfsync always"));
  }

  private static Future<Greeted> unsafe(String why) {
    return Future.failedFuture(new LinkFailure(FailureCause.UNSAFE, why));
  }

  private static String text(@Nullable Response response) {
    return response == null ? "" : response.toString();
  }
}
